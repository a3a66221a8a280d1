package io.heapwarden.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares what the parsers read with what real JVMs logged. The recorded program keeps 30,000 sessions in a heap of 96 MiB. */
class RecordedJvmTest {

    private static final long MEBIBYTE = 1 << 20;

    /** GC logs count whole MiB, and round down. */
    private static final long LOG_ROUNDING = MEBIBYTE;

    private static final long SESSIONS = 30_000;

    static List<Recording> recordings() throws IOException {
        return Recording.all();
    }

    @Test
    void thereIsARecordingOfEveryCollectorOnBothJdks() throws IOException {
        assertThat(recordings())
                .extracting(Recording::toString)
                .containsExactlyInAnyOrder(
                        "jdk17-g1",
                        "jdk17-serial",
                        "jdk17-parallel",
                        "jdk17-z",
                        "jdk17-shenandoah",
                        "jdk25-g1",
                        "jdk25-serial",
                        "jdk25-parallel",
                        "jdk25-z",
                        "jdk25-shenandoah");
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void heapAfterCollectionIsWhatTheGcLogSays(Recording recording) throws Exception {
        JvmCounters counters = recording.counters();
        Long afterGc = counters.heap().afterGc();
        switch (counters.collector()) {
            case G1, Serial, Parallel -> assertThat(afterGc).isCloseTo(recording.loggedAfterGc(), within(LOG_ROUNDING));
            case ZGC -> {
                if (recording.isJdk25()) {
                    assertThat(afterGc)
                            .isCloseTo(recording.loggedAtLastPauseOfZ(), within(LOG_ROUNDING))
                            .isGreaterThanOrEqualTo(recording.loggedAfterGc());
                } else {
                    assertThat(afterGc).isNull();
                }
            }
            default -> assertThat(afterGc).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void countersAreRead(Recording recording) throws Exception {
        JvmCounters counters = recording.counters();
        assertThat(recording.toString())
                .isEqualTo((recording.isJdk25() ? "jdk25-" : "jdk17-")
                        + (counters.collector() == Collector.ZGC
                                ? "z"
                                : counters.collector().name().toLowerCase(java.util.Locale.ROOT)));
        assertThat(counters.javaVersion()).startsWith(recording.isJdk25() ? "25" : "17");
        assertThat(counters.javaHome()).startsWith("/");
        assertThat(counters.startedAt()).isAfter("2026-01-01T00:00:00Z");
        assertThat(counters.heap().max()).isEqualTo(96 * MEBIBYTE);
        assertThat(counters.heap().committed()).isBetween(30 * MEBIBYTE, 96 * MEBIBYTE);
        assertThat(counters.metaspace().used())
                .isBetween(500_000L, counters.metaspace().committed());
        assertThat(counters.metaspace().max()).isNull();
        assertThat(counters.classes().loaded()).isBetween(400L, 2000L);
        assertThat(counters.classes().unloaded()).isBetween(0L, 100L);
        assertThat(counters.threads()).isBetween(4L, 40L);
        assertThat(counters.safepoints().count()).isPositive();
        assertThat(counters.safepoints().seconds()).isBetween(0.0001, 5.0);
        assertThat(counters.attachSupported()).isTrue();
        assertThat(counters.options()).isEqualTo(new StartOptions(null, null, false, false));
        assertThat(counters.torn()).isFalse();
        assertThat(counters.collections().activity()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void collectionsAreCountedWhereTheJvmCountsThem(Recording recording) throws Exception {
        JvmCounters counters = recording.counters();
        GarbageCollections collections = counters.collections();
        if (counters.collector() == Collector.Shenandoah) {
            assertThat(collections.young()).isNull();
            assertThat(collections.full()).isNull();
            assertThat(collections.pauseSeconds()).isNull();
            return;
        }
        assertThat(collections.pauseSeconds()).isBetween(0.00001, 5.0);
        if (counters.collector() == Collector.ZGC) {
            assertThat(collections.full()).isBetween(3L, 15L);
        } else {
            assertThat(collections.young()).isBetween(5L, 30L);
            assertThat(collections.full()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void histogramIsRead(Recording recording) throws Exception {
        ClassHistogram histogram = new HistogramParser(new ClassNames()).parse(recording.classHistogram());
        List<ClassHistogram.Entry> entries = new ArrayList<>();
        histogram.forEach(entries::add);
        Set<String> names = new HashSet<>(
                entries.stream().map(ClassHistogram.Entry::className).toList());

        // A reference has 8 bytes under ZGC, 4 elsewhere.
        long bytesPerSession = recording.toString().endsWith("-z") ? 32 : 24;
        assertThat(entries).hasSize(histogram.size()).hasSameSizeAs(names).hasSizeGreaterThan(250);
        assertThat(entries)
                .contains(new ClassHistogram.Entry("Recorded$Session", SESSIONS, SESSIONS * bytesPerSession))
                .contains(new ClassHistogram.Entry("Recorded$Again", 3, 48))
                .contains(new ClassHistogram.Entry("Recorded$Größe日本", 1, 16))
                .isSortedAccordingTo((a, b) -> Long.compare(b.bytes(), a.bytes()));
        assertThat(names)
                .contains("byte[]", "java.lang.String", "java.lang.Object[]", "Recorded$Größe日本[][]")
                .contains("Recorded$$Lambda", "Recorded$$Lambda[]", "Recorded$$Lambda[][]", "jdk.proxy1.$Proxy")
                .doesNotContain("jdk.internal.vm.FillerElement[]")
                .noneMatch(name -> name.contains("/") || name.contains("(") || name.startsWith("["));
        assertThat(entries.stream().mapToLong(ClassHistogram.Entry::instances).sum())
                .isEqualTo(histogram.totalInstances());
        assertThat(entries.stream().mapToLong(ClassHistogram.Entry::bytes).sum())
                .isEqualTo(histogram.totalBytes());
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void heapSummaryAgreesWithTheCounters(Recording recording) throws Exception {
        HeapInfo info = HeapInfo.parse(recording.heapInfo());
        JvmCounters counters = recording.counters();
        assertThat(info.collector()).isEqualTo(counters.collector());
        assertThat(info.max()).isEqualTo(counters.heap().max());
        assertThat(info.committed()).isEqualTo(counters.heap().committed());
        if (counters.heap().used() != null) {
            // The attach itself allocates between the two readings.
            assertThat(info.used()).isCloseTo(counters.heap().used(), within(4 * MEBIBYTE));
        }
        if (recording.isJdk25()) {
            assertThat(info.metaspaceUsed()).isNull();
        } else {
            assertThat(info.metaspaceUsed()).isBetween(500_000L, info.metaspaceCommitted());
        }
    }
}
