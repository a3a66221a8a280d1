package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.CLIENT;
import static io.heapwarden.e2e.TestCluster.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.heapwarden.api.ContainerReport;
import io.heapwarden.api.ContainerReport.FleetReport;
import io.heapwarden.api.MemoryReportStatus;
import io.heapwarden.api.WorkloadStatus;
import io.heapwarden.api.WorkloadStatus.LeakSeen;
import io.heapwarden.api.WorkloadStatus.RevisionSeen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two leaks and two look-alikes of the corpus as Deployments, told apart; then what the lives of the leaking one teach the next. */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CorpusE2ETest {

    private static final String NAMESPACE = "e2e-corpus";
    private static final String POLICY = "corpus";
    private static final String MAP = "unbounded-map";
    private static final String THREADS = "thread-leak";
    private static final String SESSIONS = "session-expiry";
    private static final String LAZY = "lazy-old";
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private static final Observed seen = new Observed(NAMESPACE);
    private static final Set<String> statesOfLookAlikes = new ConcurrentSkipListSet<>();
    private static String firstMap;

    @BeforeAll
    static void workloads() {
        HeapwardenRelease.install();
        TestCluster.createNamespace(NAMESPACE, Map.of());
        apply(NAMESPACE, program(MAP, "-Xmx128m", "-XX:+UseG1GC", "unboundedmap.UnboundedMap", "rate=400", "size=900"));
        apply(NAMESPACE, program(THREADS, "-Xmx96m", "-XX:+UseG1GC", "threadleak.ThreadLeak", "rate=30", "share=0.1"));
        apply(
                NAMESPACE,
                program(
                        SESSIONS,
                        "-Xmx128m",
                        "-XX:+UseG1GC",
                        "sessionexpiry.SessionExpiry",
                        "rate=200",
                        "size=1800",
                        "ttl=60"));
        apply(
                NAMESPACE,
                program(
                        LAZY,
                        "-Xmx96m",
                        "-XX:+UseParallelGC",
                        "-Xmn12m",
                        "-XX:MaxTenuringThreshold=1",
                        "lazyoldcollection.LazyOldCollection",
                        "rate=250",
                        "size=1500",
                        "ttl=5"));
        apply(
                NAMESPACE,
                """
                apiVersion: heapwarden.io/v1alpha1
                kind: MemoryPolicy
                metadata: {name: %s}
                spec:
                  selector: {}
                  sampling: {interval: 2s, histogram: {minInterval: 10s}}
                """
                        .formatted(POLICY));
        firstMap = podOf(MAP);
    }

    @AfterAll
    static void clean() {
        TestCluster.deleteNamespace(NAMESPACE);
    }

    @Test
    @Order(1)
    void bothLeaksAreToldForWhatTheyAre() {
        MemoryReportStatus threads = leaking(podOf(THREADS));
        assertThat(threads.verdict()).isEqualTo("ThreadLeak");
        assertThat(reasons(threads)).anyMatch(reason -> reason.contains("number of threads rose from"));

        MemoryReportStatus map = leaking(firstMap);
        assertThat(map.verdict()).isEqualTo("RetentionLeak");
        assertThat(map.culprit()).isEqualTo("corpus.unboundedmap.Order");
        assertThat(reasons(map)).anyMatch(reason -> reason.contains("corpus.unboundedmap.Order"));
        assertThat(fleet(map).firstSeenIn()).isEqualTo(fleet(map).revision()).isNotBlank();
        assertThat(seen.events("Pod", firstMap)).containsKey("LeakConfirmed");
    }

    @Test
    @Order(2)
    void bothLookAlikesStayUntold() {
        List<String> pods = List.of(podOf(SESSIONS), podOf(LAZY));

        await("both look-alikes to have been sampled 150 times")
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> pods.stream().allMatch(this::sampledLong));

        assertThat(statesOfLookAlikes).doesNotContain("Leaking", "Critical", "Unreachable", "LeftAlone");
        for (String pod : pods) {
            assertThat(seen.events("Pod", pod)).as(pod).isEmpty();
            assertThat(seen.annotations(pod)).as(pod).isEmpty();
        }
    }

    @Test
    @Order(3)
    void whatALifeTaughtOutlivesItsPodAndTheOperator() {
        CLIENT.pods().inNamespace(NAMESPACE).withName(firstMap).delete();

        WorkloadStatus remembered = await("the status of the policy to remember the life")
                .atMost(TestCluster.A_MINUTE)
                .until(() -> workload("Deployment/" + MAP), found -> found.filter(one -> one.revisions() != null)
                        .isPresent())
                .orElseThrow();
        assertThat(remembered.leaks())
                .extracting(LeakSeen::signal, LeakSeen::className)
                .containsExactly(tuple("HeapAfterGC", "corpus.unboundedmap.Order"));
        assertThat(remembered.plateaus())
                .as("a life that leaked is no measure of health")
                .isNull();

        HeapwardenRelease.kill();
        MemoryReportStatus next = leaking(podOf(MAP));

        assertThat(next.culprit()).isEqualTo("corpus.unboundedmap.Order");
        assertThat(reasons(next))
                .contains("An earlier life of this workload leaked corpus.unboundedmap.Order as well.");
        // A life of the first pod may have run out of memory meanwhile: lives become more, never fewer.
        assertThat(workload("Deployment/" + MAP).orElseThrow().revisions())
                .extracting(RevisionSeen::revision, RevisionSeen::firstSeen)
                .isEqualTo(remembered.revisions().stream()
                        .map(known -> tuple(known.revision(), known.firstSeen()))
                        .toList());
    }

    private boolean sampledLong(String pod) {
        return seen.report(pod)
                .map(report -> {
                    statesOfLookAlikes.add(report.getStatus().state());
                    return report.getStatus().containers().getFirst().samples() >= 150;
                })
                .orElse(false);
    }

    private static MemoryReportStatus leaking(String pod) {
        return seen.report(
                pod,
                FIVE_MINUTES,
                status -> status.state().equals("Leaking") || status.state().equals("Critical"));
    }

    private static String podOf(String app) {
        return seen.pod(app).getMetadata().getName();
    }

    private static List<String> reasons(MemoryReportStatus status) {
        return container(status).reasons();
    }

    private static FleetReport fleet(MemoryReportStatus status) {
        return container(status).fleet();
    }

    private static ContainerReport container(MemoryReportStatus status) {
        return status.containers().getFirst();
    }

    private static Optional<WorkloadStatus> workload(String name) {
        return Optional.ofNullable(seen.policy(POLICY).getStatus())
                .flatMap(status -> Optional.ofNullable(status.workloads()))
                .flatMap(all ->
                        all.stream().filter(one -> one.workload().equals(name)).findFirst());
    }

    /** The main class is the first argument that is no option of the JVM. */
    private static String program(String name, String... arguments) {
        String[] all =
                Stream.concat(Stream.of(arguments), Stream.of("seconds=100000")).toArray(String[]::new);
        for (int i = 0; i < all.length; i++) {
            if (!all[i].startsWith("-") && !all[i].contains("=")) {
                all[i] = "corpus." + all[i];
            }
        }
        return Pods.deployment(name, Pods.NOBODY, "localhost/heapwarden-workload:corpus", all);
    }
}
