package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.kubectl;
import static io.heapwarden.e2e.TestCluster.tryHelm;

import java.util.Map;

/** What the tests of faults share: the release is away, and operators are processes of this machine. */
final class LocalFaults {

    private LocalFaults() {}

    /** Sees to it that no other operator works on the cluster, and that it knows the resources. */
    static void begin() {
        tryHelm("uninstall", HeapwardenRelease.NAME, "--namespace", HeapwardenRelease.NAMESPACE, "--wait");
        kubectl("apply", "--server-side", "--force-conflicts", "-f", "crds");
    }

    /** An operator that works in one namespace and leads there. */
    static OperatorProcess operator(ApiProxy proxy, String namespace) {
        return new OperatorProcess(proxy, "first", namespace, namespace, Map.of());
    }

    /** A policy that restarts. It does without histograms: many JVMs leak at once, and a jcmd for each takes the processor from their samples. */
    static String policy(String app, String rules) {
        return Pods.enforcing(app, rules).replace("histogram: {minInterval: 10s}", "histogram: {when: Never}");
    }
}
