package io.heapwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Life;
import io.heapwarden.growth.RisingFloorDetector;
import io.heapwarden.growth.Sample;
import io.heapwarden.trace.Replay;
import io.heapwarden.trace.TraceReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A real JVM is recorded; what is read back is judged as what was sampled. */
class RecordThenReplayTest {

    private static final String PROGRAM =
            """
            import java.util.ArrayList;
            import java.util.List;

            public class Leaking {
                record Order(long number, byte[] lines) {}

                static final List<Order> ORDERS = new ArrayList<>();
                static volatile byte[] garbage;

                public static void main(String[] arguments) throws Exception {
                    for (long i = 0; i < 100_000; i++) {
                        ORDERS.add(new Order(i, new byte[200]));
                        for (int j = 0; j < 20; j++) {
                            garbage = new byte[1024];
                        }
                        Thread.sleep(1);
                    }
                }
            }
            """;

    @Test
    void replayAgreesWithADetectorThatSawTheSamples(@TempDir Path directory) throws Exception {
        Path source = directory.resolve("Leaking.java");
        Files.writeString(source, PROGRAM);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "-Xmx48m", "-XX:+UseSerialGC", source.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path trace = directory.resolve("leaking.jsonl.gz");
        StringWriter err = new StringWriter();
        try {
            int code = new CommandLine(HeapwardenCommand.class)
                    .setErr(new PrintWriter(err, true))
                    .execute(
                            "record",
                            "--pid",
                            String.valueOf(process.pid()),
                            "--interval",
                            "100ms",
                            "--for",
                            "5s",
                            "--histogram",
                            "every 1s",
                            "-o",
                            trace.toString());
            assertThat(code).as(err.toString()).isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }

        List<Sample> samples = new ArrayList<>();
        Replay replay;
        Life life;
        try (TraceReader reader = TraceReader.open(trace)) {
            life = reader.header().life();
            replay = Replay.of(reader, (sample, assessment, detector) -> samples.add(sample));
        }
        RisingFloorDetector live = new RisingFloorDetector(life);
        @Nullable Assessment last = null;
        for (Sample sample : samples) {
            last = live.observe(sample);
        }

        assertThat(replay.badLines()).isZero();
        assertThat(replay.samples()).isBetween(20L, 60L);
        assertThat(samples).anyMatch(sample -> sample.histogram() != null);
        assertThat(life.maxHeap()).isBetween(40L << 20, 48L << 20);
        assertThat(replay.end()).isEqualTo(last);
    }
}
