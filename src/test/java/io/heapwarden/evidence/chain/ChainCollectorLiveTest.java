package io.heapwarden.evidence.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.evidence.chain.ChainQuestion.FlightRecorder;
import io.heapwarden.evidence.chain.CollectionOutcome.Done;
import io.heapwarden.evidence.chain.CollectionOutcome.Failed;
import io.heapwarden.evidence.chain.CollectionOutcome.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left of a recording, and of others' recordings, however it ends; in real JVMs. */
@Timeout(120)
class ChainCollectorLiveTest {

    private static final Duration CUTOFF = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Done<FlightRecorder> IDLE = new Done<>(FlightRecorder.Idle);
    private static final Done<FlightRecorder> OURS = new Done<>(FlightRecorder.Ours);

    @TempDir
    static Path classes;

    @TempDir
    Path directory;

    @BeforeAll
    static void compile() {
        HoldingJvm.compile(classes);
    }

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void whicheverWayItEndsNothingIsLeft(Path home) throws Exception {
        try (HoldingJvm jvm = HoldingJvm.start(home, classes, directory)) {
            ChainCollector chains = new ChainCollector(jvm.commands(), jvm.file());
            assertThat(chains.recorder()).isEqualTo(IDLE);
            assertThat(chains.start(CUTOFF, LONG)).isEqualTo(OURS);
            assertThat(chains.start(CUTOFF, LONG)).as("started again").isEqualTo(OURS);
            Files.writeString(Path.of(jvm.file()), "of a process that died");
            assertThat(new ChainCollector(jvm.commands(), jvm.file()).abort()).isEqualTo(IDLE);
            assertThat(jvm.leftBehind()).isEmpty();
            assertThat(chains.abort()).as("aborted again").isEqualTo(IDLE);
            assertThat(chains.harvest()).isInstanceOf(Failed.class);

            assertThat(chains.start(CUTOFF, Duration.ofSeconds(1))).isEqualTo(OURS);
            await().atMost(LIMIT).until(() -> chains.recorder().equals(IDLE));
            assertThat(chains.start(CUTOFF, LONG)).as("after one that expired").isEqualTo(OURS);
            assertThat(chains.harvest()).isInstanceOf(Done.class);
            assertThat(chains.recorder()).isEqualTo(IDLE);
            assertThat(jvm.leftBehind()).isEmpty();
            assertThat(jvm.alive()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void othersRecordingsAreLeftAlone(Path home) throws Exception {
        try (HoldingJvm jvm = HoldingJvm.start(home, classes, directory)) {
            LocalCommands commands = jvm.commands();
            commands.diagnosticCommand("JFR.start name=theirs settings=none disk=false", LIMIT);
            String before = commands.diagnosticCommand("JFR.check", LIMIT);
            ChainCollector chains = new ChainCollector(commands, jvm.file());
            assertThat(chains.start(CUTOFF, LONG))
                    .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(ChainRefusal.OtherRecording));
            assertThat(chains.harvest()).isInstanceOf(Failed.class);
            assertThat(chains.abort()).isEqualTo(new Done<>(FlightRecorder.Others));
            assertThat(commands.diagnosticCommand("JFR.check", LIMIT)).isEqualTo(before);
            assertThat(commands.sent()).noneMatch(command -> command.contains(RecordingList.NAME));
        }
    }

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void aJvmWithoutARecorderIsNotAsked(Path home) throws Exception {
        try (HoldingJvm jvm = HoldingJvm.start(home, classes, directory, "-XX:-FlightRecorder")) {
            ChainCollector chains = new ChainCollector(jvm.commands(), jvm.file());
            assertThat(chains.recorder()).isEqualTo(new Done<>(FlightRecorder.Absent));
            assertThat(chains.start(CUTOFF, LONG))
                    .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(ChainRefusal.NoFlightRecorder));
        }
    }

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void aFileThatCannotBeWrittenLeavesNoRecordingAfterAnAbort(Path home) throws Exception {
        try (HoldingJvm jvm = HoldingJvm.start(home, classes, directory)) {
            String nowhere = directory.resolve("nowhere/chains.jfr").toString();
            ChainCollector chains = new ChainCollector(jvm.commands(), nowhere);
            assertThat(chains.start(CUTOFF, LONG)).isEqualTo(OURS);
            CollectionOutcome<List<OldObjectSample>> harvest = chains.harvest();
            assertThat(harvest).isInstanceOf(Failed.class);
            assertThat(chains.recorder()).isEqualTo(IDLE);
            assertThat(jvm.leftBehind()).isEmpty();
        }
    }
}
