package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.CLIENT;
import static io.heapwarden.e2e.TestCluster.apply;
import static io.heapwarden.e2e.TestCluster.kubectl;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.api.ContainerReport;
import io.heapwarden.e2e.HotSpotRow.Seen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every kind of HotSpot pod that can be built here, under one policy: by which channel it is read, what is seen of it, whether its classes can be
 * counted, and that no harm comes to it. The pods come in waves, as many as two cores can start. Writes target/matrix.md.
 */
@Tag("e2e")
class HotSpotMatrixE2ETest {

    private static final String NAMESPACE = "e2e-hotspots";
    private static final int PODS_AT_A_TIME = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private static final int SECONDS_BETWEEN_HISTOGRAMS = 10;

    /** Time for a first collection. */
    private static final Duration A_WHILE = Duration.ofSeconds(8);

    private static final String POLICY =
            """
            apiVersion: heapwarden.io/v1alpha1
            kind: MemoryPolicy
            metadata: {name: every-hotspot}
            spec:
              selector: {}
              sampling: {interval: 2s, histogram: {when: Periodic, minInterval: 10s}, channels: [Exec, EphemeralContainer]}
            """;

    /** Safepoints that only a diagnostic command asks for. */
    private static final Pattern INSPECTION = Pattern.compile("GC_?HeapInspection");

    private static final Pattern OTHER_COMMANDS =
            Pattern.compile("PrintThreads|ThreadDump|FindDeadlocks|HeapDumper|PrintJNI|VM_Exit|Full thread dump");

    @BeforeAll
    static void install() {
        HeapwardenRelease.install(
                "channels.ephemeralContainer.enabled=true",
                "channels.ephemeralContainer.image=localhost/heapwarden-probe:dev");
        TestCluster.createNamespace(NAMESPACE, Map.of());
    }

    @AfterAll
    static void clean() {
        TestCluster.deleteNamespace(NAMESPACE);
        HeapwardenRelease.install();
    }

    @Test
    void everyHotSpotIsSeenAndNoneIsHarmed() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        HotSpotMatrixPage page = new HotSpotMatrixPage();
        List<HotSpotRow> rows = HotSpotRows.all();
        for (int from = 0; from < rows.size(); from += PODS_AT_A_TIME) {
            wave(rows.subList(from, Math.min(rows.size(), from + PODS_AT_A_TIME)), softly, page);
        }
        Files.writeString(Path.of("target/matrix.md"), page.text());
        softly.assertAll();
    }

    private static void wave(List<HotSpotRow> rows, SoftAssertions softly, HotSpotMatrixPage page) {
        apply(NAMESPACE, rows.stream().map(HotSpotRow::manifest).collect(Collectors.joining()));
        // A report says at once what the first sample brings, and after that what is new; so there is something to be
        // seen by the first.
        patiently(() -> rows.stream().allMatch(HotSpotMatrixE2ETest::hasRunForAWhile));
        apply(NAMESPACE, POLICY);
        patiently(() -> rows.stream().allMatch(row -> container(row)
                .filter(container -> row.expected().isMetBy(Seen.of(container)))
                .isPresent()));
        List<String> names = new ArrayList<>(List.of("delete", "pod", "-n", NAMESPACE, "--wait=false"));
        for (HotSpotRow row : rows) {
            check(row, softly, page);
            names.add(row.name());
        }
        kubectl(names.toArray(String[]::new));
        kubectl("delete", "mempol", "every-hotspot", "-n", NAMESPACE);
    }

    private static void check(HotSpotRow row, SoftAssertions softly, HotSpotMatrixPage page) {
        String log = TestCluster.tryKubectl("logs", "-n", NAMESPACE, row.name()).text();
        Pod pod = CLIENT.pods().inNamespace(NAMESPACE).withName(row.name()).get();
        Optional<ContainerReport> container = container(row);
        softly.assertThat(container)
                .as("report of %s; its log: %s", row.name(), last(log))
                .isPresent();
        container.ifPresent(report -> {
            Seen seen = Seen.of(report);
            page.add(row, seen);
            softly.assertThat(seen)
                    .as("%s: %s, expected %s; refusals %s", row.name(), seen, row.expected(), report.lastRefusals())
                    .matches(row.expected()::isMetBy, "as expected");
            // Counters are read every 2 s; a safepoint comes with a histogram only.
            softly.assertThat(INSPECTION.matcher(log).results().count())
                    .as("safepoints for histograms of %s", row.name())
                    .isLessThanOrEqualTo(1 + secondsOf(pod) / SECONDS_BETWEEN_HISTOGRAMS);
        });
        softly.assertThat(OTHER_COMMANDS.matcher(log).results().map(MatchResult::group))
                .as("safepoints of other diagnostic commands in %s", row.name())
                .isEmpty();
        for (ContainerStatus status : pod.getStatus().getContainerStatuses()) {
            softly.assertThat(status.getRestartCount())
                    .as("restarts of %s; its log: %s", row.name(), last(log))
                    .isZero();
            softly.assertThat(status.getState().getRunning())
                    .as("%s runs: %s", row.name(), status.getState())
                    .isNotNull();
        }
    }

    /** What has not come by then is told for each row afterwards, so that one pod that does not start hides none of the others. */
    private static void patiently(Callable<Boolean> expected) {
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(expected);
        } catch (ConditionTimeoutException late) {
            // See above.
        }
    }

    private static boolean hasRunForAWhile(HotSpotRow row) {
        return Stream.of(CLIENT.pods()
                        .inNamespace(NAMESPACE)
                        .withName(row.name())
                        .get())
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .map(status -> status.getState().getRunning())
                .anyMatch(running -> running != null
                        && Instant.parse(running.getStartedAt()).plus(A_WHILE).isBefore(Instant.now()));
    }

    private static long secondsOf(Pod pod) {
        return Duration.between(Instant.parse(pod.getStatus().getStartTime()), Instant.now())
                .toSeconds();
    }

    private static Optional<ContainerReport> container(HotSpotRow row) {
        return new Observed(NAMESPACE)
                .report(row.name())
                .map(report -> report.getStatus())
                .map(status -> status.containers())
                .filter(containers -> !containers.isEmpty())
                .map(List::getFirst);
    }

    private static String last(String log) {
        return log.substring(Math.max(0, log.length() - 500));
    }
}
