package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.CLIENT;
import static io.heapwarden.e2e.TestCluster.helm;
import static io.heapwarden.e2e.TestCluster.kubectl;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The operator as users install it: the chart of this checkout, with the image that {@code make image} made. */
final class HeapwardenRelease {

    static final String NAME = "heapwarden";
    static final String NAMESPACE = "heapwarden-system";

    private HeapwardenRelease() {}

    /** Installs or upgrades, and waits until the operator is ready. */
    static void install(String... settings) {
        String[] command = Stream.concat(
                        Stream.of(
                                "upgrade",
                                "--install",
                                NAME,
                                "helm/heapwarden",
                                "--namespace",
                                NAMESPACE,
                                "--create-namespace",
                                "--take-ownership",
                                "--wait",
                                "--timeout",
                                "3m",
                                "--set",
                                "image.repository=localhost/heapwarden,image.tag=dev,image.pullPolicy=Never"),
                        Stream.of(settings).flatMap(setting -> Stream.of("--set", setting)))
                .toArray(String[]::new);
        helm(command);
    }

    static void uninstall() {
        helm("uninstall", NAME, "--namespace", NAMESPACE, "--ignore-not-found", "--wait");
    }

    static List<Pod> operatorPods() {
        return CLIENT.pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/name", NAME)
                .list()
                .getItems();
    }

    static List<String> operatorPodNames() {
        return operatorPods().stream().map(pod -> pod.getMetadata().getName()).toList();
    }

    /** Kills the operator as a node failure would: no grace, no last words. */
    static void kill() {
        List<Pod> before = operatorPods();
        before.forEach(pod -> CLIENT.resource(pod).withGracePeriod(0).delete());
        await().atMost(Duration.ofMinutes(2)).until(() -> operatorPods().stream()
                .noneMatch(pod -> before.stream().anyMatch(old -> old.getMetadata()
                        .getUid()
                        .equals(pod.getMetadata().getUid()))));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> operatorPods().stream().anyMatch(pod -> pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"))));
    }

    /** A figure of the operator's own metrics, by its whole name with labels; 0 while there is none. */
    static double metric(String name) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    /** All of the operator's own metrics. */
    static String metrics() {
        return kubectl(
                "get", "--raw", "/api/v1/namespaces/%s/services/%s:http/proxy/q/metrics".formatted(NAMESPACE, NAME));
    }
}
