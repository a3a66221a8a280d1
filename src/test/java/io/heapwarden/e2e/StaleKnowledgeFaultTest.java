package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.CLIENT;
import static io.heapwarden.e2e.TestCluster.apply;
import static io.heapwarden.e2e.TestCluster.kubectl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.api.MemoryReportStatus;
import io.heapwarden.e2e.ApiProxy.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the operator believes is no longer so: of a pod, of the time, of a JVM that does not answer. Nothing is done by it. */
@Tag("faults")
class StaleKnowledgeFaultTest {

    private static final String NAMESPACE = "faults-stale";
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    private final Observed seen = new Observed(NAMESPACE);
    private AuditTrail trail;
    private ApiProxy proxy;
    private OperatorProcess operator;

    @BeforeEach
    void begin() {
        LocalFaults.begin();
        await().atMost(FIVE_MINUTES)
                .until(() -> CLIENT.namespaces().withName(NAMESPACE).get() == null);
        TestCluster.createNamespace(NAMESPACE, Map.of());
        trail = new AuditTrail(NAMESPACE);
        proxy = new ApiProxy(CLIENT.getConfiguration());
        operator = LocalFaults.operator(proxy, NAMESPACE);
    }

    @AfterEach
    void end() {
        operator.kill();
        proxy.close();
        trail.close();
        TestCluster.deleteNamespace(NAMESPACE);
    }

    @Test
    void aPodThatWasReplacedBeforeTheEvictionArrivesIsNotHit() {
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch replaced = new CountDownLatch(1);
        proxy.interfere(new ApiProxy.Interference() {
            @Override
            public boolean passes(Request request) {
                if (request.evicts() && replaced.getCount() > 0) {
                    underWay.countDown();
                    awaitQuietly(replaced);
                }
                return true;
            }
        });
        String before = leaking("StatefulSet", "late", "cooldown: 1h");

        awaitQuietly(underWay);
        String after = replace("late-0", before);
        replaced.countDown();

        // The request was given up after 10 s; it reaches the API server all the same, and finds another uid.
        await().atMost(TestCluster.A_MINUTE).until(() -> proxy.answered().stream()
                .anyMatch(one -> one.request().evicts() && one.code() == 409));
        Pause.of(Duration.ofSeconds(10));
        assertThat(proxy.evictions()).isEmpty();
        assertThat(uid("late-0")).isEqualTo(after);
        FaultTable.addWithoutIntents(
                "pod replaced while its eviction is under way",
                1,
                proxy.evictions().size(),
                0);
    }

    @Test
    void aPodThatTheWatchStillShowsIsReadAnewBeforeItIsEvicted() {
        CountDownLatch shown = new CountDownLatch(1);
        AtomicBoolean held = new AtomicBoolean();
        proxy.interfere(new ApiProxy.Interference() {
            @Override
            public void beforePiece(Request request) {
                if (held.get()
                        && request.target().contains("/pods?")
                        && request.target().contains("watch=true")) {
                    awaitQuietly(shown);
                }
            }
        });
        String before = leaking("StatefulSet", "hidden", Pods.closedToday());
        await().atMost(FIVE_MINUTES)
                .until(() -> trail.words("StatefulSet/hidden").contains("OutsideWindow"));

        held.set(true);
        String after = replace("hidden-0", before);
        openTheWindow("hidden");
        Pause.of(LONG_ENOUGH);
        boolean spared = proxy.evictions().isEmpty() && uid("hidden-0").equals(after);
        shown.countDown();

        FaultTable.addWithoutIntents(
                "pod replaced while the watch is withheld", 1, proxy.evictions().size(), spared ? 0 : 1);
        assertThat(spared).isTrue();
    }

    @Test
    void byAClockThatIsWrongNothingIsDone() {
        proxy.interfere(new ApiProxy.Interference() {
            @Override
            public String head(Request request, String head) {
                String later = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.now().plus(Duration.ofMinutes(10)).atOffset(ZoneOffset.UTC));
                return head.replaceFirst("(?im)^date: .*\r\n", "Date: " + later + "\r\n");
            }
        });
        String pod = leaking("Deployment", "clock", "cooldown: 1h");

        await().atMost(FIVE_MINUTES).untilAsserted(() -> {
            assertThat(trail.outcomes("clock", pod)).containsExactly("Failed");
            assertThat(seen.policy("clock").getStatus().lastActions().getFirst().reason())
                    .contains("clock is", "behind the API server's");
        });
        FaultTable.addWithoutIntents(
                "clock ten minutes behind",
                1,
                proxy.evictions().size(),
                proxy.evictions().size());
        assertThat(proxy.answered()).noneMatch(one -> one.request().evicts());
        assertThat(trail.gone()).isEmpty();
    }

    @Test
    void aJvmThatDoesNotAnswerHoldsUpNobodyAndIsNotRestarted() {
        CountDownLatch answers = new CountDownLatch(1);
        AtomicBoolean hangs = new AtomicBoolean();
        proxy.interfere(new ApiProxy.Interference() {
            @Override
            public boolean passes(Request request) {
                if (hangs.get()
                        && request.target().contains("/pods/silent-")
                        && request.target().contains("/exec?")) {
                    awaitQuietly(answers);
                }
                return true;
            }
        });
        String pod = leaking("Deployment", "silent", Pods.closedToday());
        apply(
                NAMESPACE,
                Leaker.of("Deployment", "other", 1)
                        .arguments("-Xmx64m", "Steady")
                        .manifest());
        apply(NAMESPACE, Pods.policy("other", "other", ""));
        await().atMost(FIVE_MINUTES)
                .until(() -> trail.words("Deployment/silent").contains("OutsideWindow"));

        hangs.set(true);
        Pause.of(Duration.ofSeconds(5));
        openTheWindow("silent");
        Instant opened = Instant.now();
        Pause.of(LONG_ENOUGH);

        MemoryReportStatus other =
                seen.report(seen.pod("other").getMetadata().getName(), LONG_ENOUGH, status -> Instant.parse(
                                status.containers().getFirst().lastSample())
                        .isAfter(opened.plusSeconds(30)));
        assertThat(other.state()).isEqualTo("Healthy");
        FaultTable.addWithoutIntents(
                "exec hangs", 1, proxy.evictions().size(), proxy.evictions().size());
        assertThat(proxy.evictions()).isEmpty();
        assertThat(trail.acts("silent")).isEmpty();

        hangs.set(false);
        answers.countDown();
        await("what answers again to be restarted")
                .atMost(FIVE_MINUTES)
                .untilAsserted(() -> assertThat(trail.outcomes("silent", pod)).containsExactly("Intended", "Evicted"));
    }

    /** Starts a leaking workload of one pod; returns the pod's uid. */
    private String leaking(String kind, String app, String rules) {
        apply(NAMESPACE, Leaker.of(kind, app, 1).manifest());
        apply(NAMESPACE, LocalFaults.policy(app, rules));
        return seen.pod(app).getMetadata().getUid();
    }

    /** Deletes a pod and waits for the one of the same name that comes after. */
    private String replace(String pod, String uid) {
        kubectl("delete", "pod", pod, "-n", NAMESPACE, "--wait=false");
        return await().atMost(TestCluster.A_MINUTE)
                .ignoreExceptions()
                .until(() -> uid(pod), now -> now != null && !now.equals(uid));
    }

    private void openTheWindow(String policy) {
        kubectl(
                "patch",
                "mempol",
                policy,
                "-n",
                NAMESPACE,
                "--type=json",
                "-p",
                "[{\"op\":\"remove\",\"path\":\"/spec/restart/windows\"}]");
    }

    private static String uid(String name) {
        Pod pod = CLIENT.pods().inNamespace(NAMESPACE).withName(name).get();
        return pod == null ? null : pod.getMetadata().getUid();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
