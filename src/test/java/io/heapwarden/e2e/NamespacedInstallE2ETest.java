package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.apply;
import static io.heapwarden.e2e.TestCluster.helm;
import static io.heapwarden.e2e.TestCluster.kubectl;
import static io.heapwarden.e2e.TestCluster.tryKubectl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An installation that watches two namespaces, has Roles only, and may do nothing elsewhere. */
@Tag("e2e")
class NamespacedInstallE2ETest {

    private static final String SYSTEM = "e2e-namespaced-system";
    private static final String WATCHED = "e2e-namespaced";
    private static final String OTHER = "e2e-unwatched";
    private static final String OPERATOR = "system:serviceaccount:" + SYSTEM + ":heapwarden";

    @BeforeAll
    static void install() {
        // The cluster-wide release of the other tests would watch these namespaces, too.
        HeapwardenRelease.uninstall();
        for (String namespace : new String[] {SYSTEM, WATCHED, OTHER}) {
            TestCluster.createNamespace(namespace, Map.of("pod-security.kubernetes.io/enforce", "restricted"));
        }
        FalcoSender.token(SYSTEM);
        helm(
                "install",
                "heapwarden",
                "helm/heapwarden",
                "--namespace",
                SYSTEM,
                "--take-ownership",
                "--wait",
                "--timeout",
                "3m",
                "--set",
                "image.repository=localhost/heapwarden,image.tag=dev,image.pullPolicy=Never",
                "--set",
                "watchNamespaces={" + WATCHED + "," + SYSTEM + "}",
                "--set",
                FalcoSender.SETTINGS);
    }

    @AfterAll
    static void clean() {
        helm("uninstall", "heapwarden", "--namespace", SYSTEM, "--wait");
        for (String namespace : new String[] {SYSTEM, WATCHED, OTHER}) {
            TestCluster.deleteNamespace(namespace);
        }
    }

    @Test
    void itMayActInTheWatchedNamespaceOnly() {
        assertThat(canI(WATCHED, "get", "pods")).isTrue();
        assertThat(canI(WATCHED, "create", "pods", "--subresource=exec")).isTrue();
        assertThat(canI(WATCHED, "create", "pods", "--subresource=eviction")).isTrue();
        assertThat(canI(OTHER, "get", "pods")).isFalse();
        assertThat(canI(OTHER, "create", "pods", "--subresource=exec")).isFalse();
        assertThat(canI(OTHER, "create", "pods", "--subresource=eviction")).isFalse();
        assertThat(canI(OTHER, "list", "memorypolicies.heapwarden.io")).isFalse();
        assertThat(canI(WATCHED, "get", "secrets")).isFalse();
    }

    @Test
    void itHasNoClusterRole() {
        assertThat(kubectl("get", "clusterroles,clusterrolebindings", "-l", "app.kubernetes.io/instance=heapwarden"))
                .contains("No resources found");
    }

    @Test
    void itWatchesItsNamespaceAndNoOther() {
        inBoth("catalog", "");
        Observed watched = new Observed(WATCHED);
        Observed other = new Observed(OTHER);

        watched.report(watched.pod("catalog").getMetadata().getName(), Duration.ofMinutes(2), status -> status.state()
                .equals("Healthy"));

        assertThat(other.report(other.pod("catalog").getMetadata().getName())).isEmpty();
        assertThat(other.policy("catalog").getStatus()).isNull();
    }

    @Test
    void anEventOfAForeignPodIsIgnoredAndOneOfItsOwnIsNot() {
        inBoth("basket", "security: {falco: {}}");
        Observed watched = new Observed(WATCHED);
        Observed other = new Observed(OTHER);
        Pod ours = watched.pod("basket");
        Pod foreign = other.pod("basket");
        watched.report(ours.getMetadata().getName(), Duration.ofMinutes(2), status -> true);
        FalcoSender falco = FalcoSender.toPod(SYSTEM);

        assertThat(falco.send(foreign, "Terminal shell in container", "Critical"))
                .isEqualTo(204);
        assertThat(falco.send(ours, "Terminal shell in container", "Critical")).isEqualTo(204);

        await().atMost(TestCluster.A_MINUTE).untilAsserted(() -> assertThat(
                        watched.annotations(ours.getMetadata().getName()))
                .containsEntry("heapwarden.io/finding", "Critical: Terminal shell in container"));
        assertThat(other.annotations(foreign.getMetadata().getName())).isEmpty();
    }

    /** The same workload and policy in the namespace that is watched and in the one that is not. */
    private static void inBoth(String app, String policy) {
        for (String namespace : new String[] {WATCHED, OTHER}) {
            apply(
                    namespace,
                    Pods.deployment(app, Pods.NOBODY, "localhost/heapwarden-workload:17", "-Xmx64m", "Steady"));
            apply(namespace, Pods.policy(app, app, policy));
        }
    }

    private static boolean canI(String namespace, String... what) {
        String[] command = Stream.concat(Stream.of("auth", "can-i", "--as", OPERATOR, "-n", namespace), Stream.of(what))
                .toArray(String[]::new);
        return tryKubectl(command).text().strip().endsWith("yes");
    }
}
