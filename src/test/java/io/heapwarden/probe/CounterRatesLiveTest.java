package io.heapwarden.probe;

import static io.heapwarden.probe.LiveJvmTest.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.heapwarden.jvm.CounterRates;
import io.heapwarden.jvm.CounterRates.Allocation;
import io.heapwarden.jvm.CounterRates.Reading;
import io.heapwarden.jvm.JvmCounters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rates from counters are those of the JVM's own GC log, for every JDK and collector on this machine. */
class CounterRatesLiveTest {

    private static final double MIB = 1 << 20;
    private static final Duration LONG = Duration.ofSeconds(120);

    /** Enough that what is not known of the first and the last eden does not matter. */
    private static final int COLLECTIONS = 12;

    private static final DateTimeFormatter LOG_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");
    private static final Pattern PAUSE =
            Pattern.compile("^\\[([^]]+)].*Pause .*?(?:(\\d+)M->(\\d+)M\\(\\d+M\\) )?(\\d+\\.\\d+)ms$");

    private static final String PROGRAM =
            """
            import java.util.ArrayDeque;

            public class Allocating {
                public static void main(String[] arguments) throws Exception {
                    ArrayDeque<byte[]> kept = new ArrayDeque<>();
                    System.out.println("ready");
                    while (true) {
                        for (int i = 0; i < 400; i++) {
                            byte[] piece = new byte[2000];
                            if (i % 20 == 0) {
                                kept.add(piece);
                                if (kept.size() > 5000) {
                                    kept.poll();
                                }
                            }
                        }
                        Thread.sleep(2);
                    }
                }
            }
            """;

    @TempDir
    static Path directory;

    static Stream<Arguments> jvms() {
        return JavaHomes.all().flatMap(home -> Stream.of("G1", "Serial", "Parallel", "Z", "Shenandoah")
                .map(collector -> Arguments.of(home, collector)));
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void areThoseOfTheGcLog(Path home, String collector) throws Exception {
        Path log = directory.resolve(home.getFileName() + "-" + collector + ".log");
        try (LiveProcess jvm = LiveProcess.awaited(
                List.of(
                        home.resolve("bin/java").toString(),
                        "-XX:+Use" + collector + "GC",
                        "-Xmx96m",
                        "-Xlog:gc,gc+phases:file=" + log + ":time",
                        "-cp",
                        compiled().toString(),
                        "Allocating"),
                Map.of())) {
            await().atMost(LONG)
                    .until(() -> pauses(log, Instant.MIN, Instant.MAX).size() >= 2);
            Reading first = reading(jvm);
            await().atMost(LONG)
                    .until(() -> pauses(log, first.at(), Instant.MAX).size() >= COLLECTIONS);
            Reading last = reading(jvm);
            CounterRates rates = Objects.requireNonNull(CounterRates.between(first, last));
            await().atMost(LONG)
                    .until(() -> !pauses(log, last.at(), Instant.MAX).isEmpty());

            List<Pause> pauses = pauses(log, first.at(), last.at());
            double seconds = rates.elapsed().toMillis() / 1e3;
            double paused = pauses.stream().mapToDouble(Pause::seconds).sum();
            checkAllocation(rates, collector, pauses, seconds);
            assertThat(Objects.requireNonNull(rates.stoppedShare())).isBetween(0.0, 1.0);
            if (collector.equals("Shenandoah")) {
                assertThat(rates.gcPauseShare()).isNull();
                assertThat(rates.collectionsPerMinute()).isNull();
            } else {
                // A pause may be on either side of the moment in which the counters were read.
                double longest =
                        pauses.stream().mapToDouble(Pause::seconds).max().orElse(0);
                assertThat(Objects.requireNonNull(rates.gcPauseShare()) * seconds)
                        .isCloseTo(paused, within(paused * 0.15 + longest + 0.005));
                assertThat(rates.stoppedShare()).isGreaterThanOrEqualTo(rates.gcPauseShare() * 0.9);
            }
        }
    }

    private static void checkAllocation(CounterRates rates, String collector, List<Pause> pauses, double seconds) {
        Allocation allocation = rates.allocation();
        if (collector.equals("Z") || collector.equals("Shenandoah")) {
            assertThat(allocation).isNull();
            return;
        }
        double logged = 0;
        double largest = 0;
        for (int i = 1; i < pauses.size(); i++) {
            double filled = pauses.get(i).before - pauses.get(i - 1).after;
            logged += filled;
            largest = Math.max(largest, filled);
        }
        Allocation told = Objects.requireNonNull(allocation);
        // What came before the first and after the last of these collections is not in the log: up to an eden each.
        assertThat(told.bytesPerSecond() * seconds)
                .isBetween(
                        (logged - pauses.size() - largest) * MIB * 0.9,
                        (logged + pauses.size() + 2 * largest) * MIB * 1.1);
        assertThat(told.bytesPerSecond()).isBetween(told.atLeast(), told.atMost());
    }

    private static Reading reading(LiveProcess jvm) {
        LocalQuestions questions = new LocalQuestions(Clock.systemUTC(), ProbeLimits.DEFAULTS);
        return await().atMost(LONG)
                .until(
                        () -> {
                            JvmCounters counters = Objects.requireNonNull(
                                    success(questions.look(jvm.target())).counters());
                            return new Reading(Instant.now(), counters);
                        },
                        read -> !read.counters().torn());
    }

    /** One pause of a GC log; sizes in MiB are zero where they are not logged. */
    private record Pause(Instant at, double before, double after, double seconds) {}

    private static List<Pause> pauses(Path log, Instant from, Instant to) throws Exception {
        return Files.readString(log)
                .lines()
                .map(PAUSE::matcher)
                .filter(Matcher::matches)
                .map(match -> new Pause(
                        OffsetDateTime.parse(match.group(1), LOG_TIME).toInstant(),
                        match.group(2) == null ? 0 : Double.parseDouble(match.group(2)),
                        match.group(3) == null ? 0 : Double.parseDouble(match.group(3)),
                        Double.parseDouble(match.group(4)) / 1e3))
                .filter(pause -> pause.at.isAfter(from) && !pause.at.isAfter(to))
                .toList();
    }

    private static Path compiled() throws Exception {
        Path source = directory.resolve("Allocating.java");
        if (!Files.exists(directory.resolve("Allocating.class"))) {
            Files.writeString(source, PROGRAM);
            int result = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "--release", "17", "-d", directory.toString(), source.toString());
            assertThat(result).isZero();
        }
        return directory;
    }
}
