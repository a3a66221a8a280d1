package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.CLIENT;
import static io.heapwarden.e2e.TestCluster.apply;
import static io.heapwarden.e2e.TestCluster.kubectl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.http.AuthorityFile;
import io.heapwarden.probe.kubelet.ContainerMemory;
import io.heapwarden.probe.kubelet.Kubelet;
import io.heapwarden.probe.kubelet.KubeletLimits;
import io.heapwarden.probe.kubelet.KubeletStats;
import io.heapwarden.probe.kubelet.NodeMemory;
import io.heapwarden.probe.kubelet.TokenFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real kubelet, asked with the token of an account that may {@code get nodes/stats} and nothing else, its certificate verified. */
@Tag("e2e")
class KubeletStatsE2ETest {

    private static final String NAMESPACE = "e2e-kubelet";
    private static final String RIGHTS =
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: reader}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: stranger}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: e2e-kubelet}
            rules: [{apiGroups: [""], resources: [nodes/stats], verbs: [get]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: e2e-kubelet}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: e2e-kubelet}
            subjects: [{kind: ServiceAccount, name: reader, namespace: e2e-kubelet}]
            """;

    @TempDir
    static Path directory;

    @BeforeAll
    static void start() {
        TestCluster.createNamespace(NAMESPACE, Map.of("pod-security.kubernetes.io/enforce", "restricted"));
        apply(NAMESPACE, RIGHTS);
        apply(
                NAMESPACE,
                Pods.deployment("catalog", Pods.NOBODY, "localhost/heapwarden-workload:17", "-Xmx64m", "Steady"));
        kubectl("-n", NAMESPACE, "rollout", "status", "deployment/catalog", "--timeout=2m");
    }

    @AfterAll
    static void clean() {
        kubectl("delete", "clusterrole,clusterrolebinding", "e2e-kubelet", "--ignore-not-found");
        TestCluster.deleteNamespace(NAMESPACE);
    }

    @Test
    void tellsTheMemoryOfAJvm() throws Exception {
        Pod pod = new Observed(NAMESPACE).pod("catalog");
        String container = pod.getSpec().getContainers().get(0).getName();
        try (KubeletStats stats = statsAs("reader", Duration.ofSeconds(5))) {
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofSeconds(5))
                    .untilAsserted(() -> {
                        NodeMemory node = success(stats.of(kubeletOf(pod)));
                        ContainerMemory memory = node.of(pod.getMetadata().getUid(), container);
                        assertThat(memory).isNotNull();
                        assertThat(memory.rss()).isBetween(20L << 20, 500L << 20);
                        assertThat(memory.workingSet()).isBetween(20L << 20, 500L << 20);
                        assertThat(memory.at()).isNotNull();
                        assertThat(node.node().available()).isPositive();
                    });
        }
    }

    @Test
    void saysThatTheRightIsMissing() throws Exception {
        Pod pod = new Observed(NAMESPACE).pod("catalog");
        try (KubeletStats stats = statsAs("stranger", Duration.ofSeconds(30))) {
            ProbeResult<NodeMemory> result = stats.of(kubeletOf(pod));

            assertThat(result).isInstanceOf(Refusal.class);
            assertThat(((Refusal<NodeMemory>) result).reason()).isEqualTo(RefusalReason.KubeletForbidden);
        }
    }

    private static KubeletStats statsAs(String account, Duration freshFor) throws Exception {
        Path token = directory.resolve(account);
        Files.writeString(token, kubectl("-n", NAMESPACE, "create", "token", account));
        KubeletLimits limits = new KubeletLimits(
                KubeletLimits.DEFAULTS.http(),
                freshFor,
                KubeletLimits.DEFAULTS.firstBackOff(),
                KubeletLimits.DEFAULTS.longestBackOff());
        return new KubeletStats(Clock.systemUTC(), limits, new TokenFile(token), new AuthorityFile(authority(), true));
    }

    private static Path authority() throws Exception {
        String file = CLIENT.getConfiguration().getCaCertFile();
        if (file != null) {
            return Path.of(file);
        }
        byte[] pem = Base64.getMimeDecoder().decode(CLIENT.getConfiguration().getCaCertData());
        return Files.write(directory.resolve("ca.crt"), pem);
    }

    private static Kubelet kubeletOf(Pod pod) {
        Node node = CLIENT.nodes().withName(pod.getSpec().getNodeName()).get();
        List<String> addresses = node.getStatus().getAddresses().stream()
                .filter(address -> address.getType().equals("InternalIP"))
                .map(NodeAddress::getAddress)
                .toList();
        return new Kubelet(
                node.getMetadata().getName(),
                addresses.get(0),
                node.getStatus().getDaemonEndpoints().getKubeletEndpoint().getPort());
    }

    private static NodeMemory success(ProbeResult<NodeMemory> result) {
        assertThat(result).isInstanceOf(Success.class);
        return ((Success<NodeMemory>) result).value();
    }
}
