package io.heapwarden.probe.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Sample.GcCount;
import io.heapwarden.jvm.Collector;
import io.heapwarden.probe.JavaHomes;
import io.heapwarden.probe.JvmReading;
import io.heapwarden.probe.LocalProbe;
import io.heapwarden.probe.ProbeLimits;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.http.AnyCertificate;
import io.heapwarden.probe.http.HttpLimits;
import io.heapwarden.probe.metrics.ExposingJvm.Exporter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the libraries publish, against what the same JVM writes into its hsperfdata file: real libraries in real JVMs, with every collector. */
class ExporterPagesTest {

    private static final long MEBIBYTE = 1 << 20;

    /** Retained by the program and the libraries; see src/test/exporters. */
    private static final long LEAST_KEPT = 7 * MEBIBYTE;

    @TempDir
    static Path classes;

    /** The first page of a JVM that has just begun takes seconds on a busy machine. */
    private static final HttpLimits PATIENT =
            new HttpLimits(Duration.ofSeconds(30), Duration.ofSeconds(60), MetricsEndpoint.DEFAULTS.bodyCap());

    private final MetricsEndpoint endpoint = new MetricsEndpoint(Clock.systemUTC(), PATIENT, new AnyCertificate());
    private final LocalProbe local = new LocalProbe(Clock.systemUTC(), ProbeLimits.DEFAULTS);

    @AfterEach
    void close() {
        endpoint.close();
    }

    static Stream<Arguments> everyLibraryWithG1() {
        return JavaHomes.all().flatMap(home -> Stream.of(Exporter.values())
                .map(exporter -> Arguments.of(home, exporter, Collector.G1, "-XX:+UseG1GC")));
    }

    static Stream<Arguments> everyOtherCollector() {
        return JavaHomes.all().flatMap(home -> Stream.of(
                        Arguments.of(home, Collector.Serial, "-XX:+UseSerialGC"),
                        Arguments.of(home, Collector.Parallel, "-XX:+UseParallelGC"),
                        Arguments.of(home, Collector.ZGC, "-XX:+UseZGC"),
                        Arguments.of(home, Collector.Shenandoah, "-XX:+UseShenandoahGC"))
                .flatMap(jvm -> Stream.of(Exporter.Micrometer, Exporter.ClientJava)
                        .map(exporter -> Arguments.of(jvm.get()[0], exporter, jvm.get()[1], jvm.get()[2]))));
    }

    @ParameterizedTest
    @MethodSource({"everyLibraryWithG1", "everyOtherCollector"})
    void saysWhatTheJvmSays(Path home, Exporter exporter, Collector collector, String option) throws Exception {
        try (ExposingJvm jvm = ExposingJvm.start(home, classes, exporter, List.of("-Xmx128m", option), "gc")) {
            // A collection, or an agent that is still loading, may come between the two readings; not between all pairs
            // of them.
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> saysTheSame(jvm, exporter, collector));
        }
    }

    private void saysTheSame(ExposingJvm jvm, Exporter exporter, Collector collector) throws Exception {
        MetricsReading reading = success(endpoint.read(jvm.address()));
        JvmReading counters = success(local.counters(LocalProbe.target(jvm.pid())));
        Sample page = reading.sample();
        Sample own = counters.sample();
        assumeTrue(counters.jvm().collector() == collector, "this JDK has the collector");

        assertThat(reading.jvm().collector()).isEqualTo(collector);
        assertThat(reading.jvm().version()).isEqualTo(counters.jvm().version());
        assertThat(reading.jvm().maxMetaspace()).isEqualTo(counters.maxMetaspace());
        heapIsTheSame(reading, counters, collector);
        collectionsAreTheSame(exporter, page.gc(), own.gc(), collector);
        // The JVM updates the counter at collections only.
        assertThat(page.metaspace()).isBetween(own.metaspace() / 2, 2 * own.metaspace());
        assertThat(page.classesLoaded()).isCloseTo(own.classesLoaded(), Percentage.withPercentage(25));
        assertThat(page.classesUnloaded()).isNotNull();
        assertThat(page.threads()).isCloseTo(own.threads(), within(5L));
        assertThat(page.cpuSeconds()).isCloseTo(own.cpuSeconds(), within(1.0));
        if (exporter == Exporter.OpenTelemetry) {
            assertThat(reading.missing()).contains(Missing.StartTime, Missing.DirectBuffers, Missing.ResidentMemory);
        } else {
            assertThat(reading.jvm().startedAt()).isCloseTo(counters.jvm().startedAt(), within(2, ChronoUnit.SECONDS));
            assertThat(page.direct()).isBetween(MEBIBYTE, 2 * MEBIBYTE);
        }
        assertThat(reading.shortfall()).isEmpty();
    }

    private static void heapIsTheSame(MetricsReading reading, JvmReading counters, Collector collector) {
        Sample page = reading.sample();
        Sample own = counters.sample();
        long max = 128 * MEBIBYTE;
        assertThat(page.heapUsed()).isBetween(LEAST_KEPT, max);
        assertThat(page.heapAfterGc()).isBetween(LEAST_KEPT, max);
        assertThat(page.heapCommitted()).isBetween(page.heapAfterGc(), max);
        switch (collector) {
            case G1 -> {
                assertThat(page.heapAfterGc()).isEqualTo(own.heapAfterGc());
                assertThat(reading.jvm().maxHeap())
                        .isEqualTo(counters.maxHeap())
                        .isEqualTo(max);
                assertThat(page.heapCommitted()).isEqualTo(own.heapCommitted());
            }
            case Serial, Parallel -> {
                assertThat(page.heapAfterGc()).isCloseTo(own.heapAfterGc(), within(64L << 10));
                assertThat(reading.jvm().maxHeap()).isBetween(max * 8 / 10, max);
            }
            case ZGC, Shenandoah -> assertThat(reading.jvm().maxHeap()).isEqualTo(max);
            case CMS, Epsilon, Unknown -> throw new IllegalArgumentException(collector.name());
        }
    }

    /** Micrometer and OpenTelemetry count from when they were set up, the others from the start of the JVM. */
    private static void collectionsAreTheSame(
            Exporter exporter, @Nullable GcCount page, @Nullable GcCount own, Collector collector) {
        if (collector == Collector.Shenandoah) {
            assertThat(page).isNull();
            return;
        }
        assertThat(page).isNotNull();
        if (collector != Collector.ZGC) {
            boolean countsAll = exporter != Exporter.Micrometer && exporter != Exporter.OpenTelemetry;
            assertThat(page.young()).isBetween(countsAll ? own.young() : 0, own.young());
            assertThat(page.full()).isBetween(countsAll ? own.full() : 0, own.full());
            assertThat(page.seconds()).isBetween(0.0, own.seconds() + 0.5);
        }
    }

    private static <T> T success(ProbeResult<T> result) {
        assertThat(result).isInstanceOf(Success.class);
        return ((Success<T>) result).value();
    }
}
