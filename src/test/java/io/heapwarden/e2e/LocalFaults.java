package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.kubectl;
import static io.heapwarden.e2e.TestCluster.tryHelm;

import java.util.Map;

/** What the tests of faults share: the release is away, operators are processes of this machine, and many small JVMs leak at once. */
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

    /** A leak that is told after about a minute and a half, and stops before it ends its JVM. */
    static Leaker leaker(String kind, String name, int replicas) {
        return Leaker.of(kind, name, replicas)
                .arguments("-Xmx128m", "-Xmn8m", "-XX:+UseSerialGC", "Leak", "700", "512", "1024", "104");
    }

    /** A policy that restarts. */
    static String policy(String app, String rules) {
        return Pods.enforcing(app, rules);
    }
}
