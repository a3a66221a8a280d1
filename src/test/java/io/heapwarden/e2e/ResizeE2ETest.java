package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.apply;
import static io.heapwarden.e2e.TestCluster.kubectl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.heapwarden.api.ActionRecord;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A pod that leaks outside its heap while no restart window is open: it gets more memory in place, and is evicted once a window opens. */
@Tag("acting")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ResizeE2ETest {

    private static final String NAMESPACE = "e2e-resize";
    private static final String APP = "buffers";
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final long TEMPLATE_LIMIT = 320L << 20;
    private static final long RAISED_LIMIT = 400L << 20;

    private static final Observed seen = new Observed(NAMESPACE);
    private static Pod leaking;

    @BeforeAll
    static void workload() {
        HeapwardenRelease.install("restarts.resize=true");
        TestCluster.createNamespace(NAMESPACE, Map.of());
        apply(
                NAMESPACE,
                Pods.deployment(
                        APP,
                        Pods.NOBODY,
                        "localhost/heapwarden-workload:17",
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-XX:MaxDirectMemorySize=2g",
                        "Buffers",
                        "700"));
        apply(NAMESPACE, policy("windows: [{days: [" + aDayFarAway() + "], from: \"03:00\", to: \"04:00\"}]"));
        leaking = seen.pod(APP);
    }

    @AfterAll
    static void clean() {
        TestCluster.deleteNamespace(NAMESPACE);
    }

    @Test
    @Order(1)
    void theLimitIsRaisedInPlaceWhileTheRestartWaits() {
        await().atMost(FIVE_MINUTES)
                .untilAsserted(() -> assertThat(seen.actionOutcomes(APP)).containsExactly("Resized"));

        ActionRecord action = seen.policy(APP).getStatus().lastActions().getFirst();
        assertThat(action.action()).isEqualTo("Resize");
        assertThat(action.resize()).isEqualTo(new ActionRecord.Resize("app", "320Mi", "400Mi", 1));
        await().atMost(TestCluster.A_MINUTE).untilAsserted(() -> {
            assertThat(seen.events("Pod", name()).get("Resized")).contains("from 320Mi to 400Mi", "restart window");
            assertThat(seen.events("MemoryPolicy", APP)).containsKeys("Resized", "RestartRefused");
        });
        await("the kubelet").atMost(TestCluster.A_MINUTE).untilAsserted(() -> {
            assertThat(limitInForce(seen.pod(APP))).isEqualTo(RAISED_LIMIT);
            assertThat(limitOfTheCgroup()).isEqualTo(RAISED_LIMIT);
        });
        Pod now = seen.pod(APP);
        assertThat(now.getMetadata().getUid()).isEqualTo(leaking.getMetadata().getUid());
        assertThat(now.getStatus().getContainerStatuses().getFirst().getRestartCount())
                .isZero();
    }

    @Test
    @Order(2)
    void theForecastGoesOnUnderTheNewLimit() {
        seen.report(name(), Duration.ofMinutes(2), status -> status.containers().getFirst().signals().stream()
                .anyMatch(signal -> signal.signal().equals("ContainerAnon") && "400.0 MiB".equals(signal.limit())));
    }

    @Test
    @Order(3)
    void onceAWindowOpensThePodIsEvictedAndItsSuccessorHasTheTemplatesLimit() {
        apply(NAMESPACE, policy("windows: [{days: [Mon-Sun], from: '00:00', to: '24:00'}]"));

        await().atMost(FIVE_MINUTES)
                .untilAsserted(() -> assertThat(seen.actionOutcomes(APP)).containsExactly("Evicted", "Resized"));
        Pod successor = await().atMost(TestCluster.A_MINUTE).until(() -> seen.pod(APP), pod -> !pod.getMetadata()
                .getUid()
                .equals(leaking.getMetadata().getUid()));
        assertThat(limit(successor.getSpec().getContainers().getFirst().getResources()))
                .isEqualTo(TEMPLATE_LIMIT);
    }

    private static String name() {
        return leaking.getMetadata().getName();
    }

    /** What only the container's memory shows is never more than 50 % certain. */
    private static String policy(String windows) {
        return Pods.policy(
                APP,
                APP,
                """
                mode: Enforce
                restart:
                  strategy: ResizeThenEvict
                  resizeCeiling: 1Gi
                  minConfidence: 40%%
                  %s
                responses:
                - when: {state: Leaking}
                  actions: [Annotate, Event, Restart]
                """
                        .formatted(windows));
    }

    private static String aDayFarAway() {
        return ZonedDateTime.now(ZoneOffset.UTC)
                .plusDays(3)
                .getDayOfWeek()
                .getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    private static long limitInForce(Pod pod) {
        return limit(pod.getStatus().getContainerStatuses().getFirst().getResources());
    }

    private static long limit(ResourceRequirements resources) {
        return Quantity.getAmountInBytes(resources.getLimits().get("memory")).longValue();
    }

    /** Read inside the container: version 2 of cgroups, or version 1. */
    private static long limitOfTheCgroup() {
        String script = "cat /sys/fs/cgroup/memory.max 2> /dev/null || cat /sys/fs/cgroup/memory/memory.limit_in_bytes";
        return Long.parseLong(kubectl("-n", NAMESPACE, "exec", name(), "--", "sh", "-c", script)
                .strip());
    }
}
