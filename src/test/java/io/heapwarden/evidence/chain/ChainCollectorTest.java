package io.heapwarden.evidence.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.evidence.chain.ChainQuestion.FlightRecorder;
import io.heapwarden.evidence.chain.CollectionOutcome.Done;
import io.heapwarden.evidence.chain.CollectionOutcome.Failed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Faults that a real JVM cannot be brought to. */
class ChainCollectorTest {

    private static final String IDLE = "No available recordings.";
    private static final String OURS = "Recording 7: name=heapwarden-chains duration=5m (running)";

    /** A JVM that records until it is told to stop, and breaks off where it is told to. */
    private static final class Scripted implements JvmCommands {
        private final List<String> done = new ArrayList<>();
        private boolean running;
        private @Nullable String failing;
        private long bytes = 10;

        @Override
        public String diagnosticCommand(String command, Duration limit) throws IOException {
            done.add(command);
            if (failing != null && command.contains(failing)) {
                failing = null;
                // It does what it was asked, and only the answer is lost.
                running = command.startsWith("JFR.start") || running && !command.startsWith("JFR.stop");
                throw new IOException("no answer in time");
            }
            if (command.startsWith("JFR.start")) {
                running = true;
                return "Started recording 7.";
            }
            if (command.startsWith("JFR.stop name=7 ")) {
                running = false;
                return "Stopped recording \"heapwarden-chains\"";
            }
            return running ? OURS : IDLE;
        }

        @Override
        public long fileSize(String path) {
            return bytes;
        }

        @Override
        public InputStream read(String path, long limit) {
            return new ByteArrayInputStream("not a recording".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }

        @Override
        public void remove(String path) {
            done.add("remove " + path);
        }
    }

    private final Scripted jvm = new Scripted();
    private final ChainCollector chains = new ChainCollector(jvm);

    @Test
    void aStartWithoutAnAnswerIsTakenBack() {
        jvm.failing = "JFR.start";
        assertThat(chains.start(Duration.ofMillis(500), Duration.ofMinutes(5)))
                .isEqualTo(new Failed<>("JFR.start failed: no answer in time"));
        assertThat(jvm.running).isFalse();
    }

    @Test
    void aStopWithoutAnAnswerTakesTheFileAway() {
        jvm.running = true;
        jvm.failing = "JFR.stop";
        assertThat(chains.harvest()).isInstanceOf(Failed.class);
        assertThat(jvm.running).isFalse();
        assertThat(jvm.done).endsWith("remove " + ChainCollector.DEFAULT_FILE);
    }

    @Test
    void aFileThatIsNoRecordingOrTooLargeIsTakenAwayAsWell() {
        jvm.running = true;
        assertThat(chains.harvest()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.sentence())
                .contains("damaged or cut off"));
        assertThat(jvm.done).endsWith("remove " + ChainCollector.DEFAULT_FILE);
        jvm.running = true;
        jvm.bytes = ReferenceChains.MAX_BYTES + 1;
        assertThat(chains.harvest()).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.sentence())
                .contains("more than"));
        assertThat(jvm.done).endsWith("remove " + ChainCollector.DEFAULT_FILE);
    }

    @Test
    void oneStopIsSentForAHarvest() {
        jvm.running = true;
        chains.harvest();
        assertThat(jvm.done.stream().filter(command -> command.startsWith("JFR.stop")))
                .hasSize(1);
        assertThat(jvm.done)
                .noneMatch(command -> command.startsWith("JFR.dump") || command.contains("path-to-gc-roots"));
        assertThat(chains.recorder()).isEqualTo(new Done<>(FlightRecorder.Idle));
    }

    @Test
    void aPathWithSpacesWouldBeAnotherArgument() {
        assertThatThrownBy(() -> new ChainCollector(jvm, "/tmp/x path-to-gc-roots=true"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
