package io.heapwarden.probe;

import static io.heapwarden.probe.Shells.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.probe.CommandRunner.CommandOutput;
import io.heapwarden.probe.WordedCommand.HeapDump;
import io.heapwarden.probe.WordedCommand.Recorder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words that do not have the form reach no JVM: they cannot be said here, and attach.sh does not pass them on. */
@Timeout(60)
class WordedCommandTest {

    private static final List<String> SHELLS = List.of("sh", "dash", "bash", "busybox sh");

    @TempDir
    static Path classes;

    private static LiveProcess jvm;
    private static Inspection inspection;

    @BeforeAll
    static void start() throws Exception {
        jvm = LiveProcess.jvm(JavaHomes.any(), classes);
        inspection = Shells.inspection(jvm.target());
    }

    @AfterAll
    static void end() {
        jvm.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VM.version",
                "JFR.configure repositorypath=/tmp/x",
                "JFR.view gc-pauses",
                "GC.run",
                "",
                "JFR.check ",
                "JFR.start",
                "JFR.start name=x",
                "JFR.dump name=1",
                "JFR.start filename=/etc/cron.d/x",
                "JFR.start filename=/tmp/heapwarden-x filename=/tmp/other.jfr",
                "JFR.stop name=1 filename=/tmp/../etc/heapwarden-x",
                "JFR.stop name=1 filename=heapwarden-x",
                "JFR.stop name=1;id",
                "JFR.stop name=$(id)",
                "JFR.stop name=`id`",
                "JFR.stop name=\"a",
                "JFR.stop name=a\nGC.run",
                "JFR.stop name=\u00e9",
                "JFR.start filename=/dev/null settings=/etc/passwd",
                "JFR.start filename=/dev/null path-to-gc-roots=true"
            })
    void otherWordsForTheRecorderAreRefusedByBothSides(String words) {
        assertThatThrownBy(() -> Recorder.of(words)).isInstanceOf(IllegalArgumentException.class);
        assertThat(script("jfr", words.split(" ", -1))).as(words).isIn("word", "command");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tmp/dump.hprof",
                "/tmp/heapwarden-a.hprof",
                "/tmp/heapwarden-.hprof",
                "/tmp/heapwarden-1.hprof.gz",
                "/tmp/heapwarden-1.hprof -gz=1",
                "-overwrite /tmp/heapwarden-1.hprof",
                "/tmp/x/../heapwarden-1.hprof",
                "heapwarden-1.hprof",
                "-all",
                "-all -all /tmp/heapwarden-1.hprof"
            })
    void otherFilesForADumpAreRefusedByBothSides(String words) {
        assertThatThrownBy(() -> new HeapDump(false, new ContainerFile(words)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(script("heap-dump", words.split(" "))).as(words).isEqualTo("word");
    }

    @Test
    void commandsWithoutWordsTakeNone() {
        assertThat(script("histogram", "JFR.check")).isEqualTo("word");
        assertThat(script("jfr")).isEqualTo("command");
        assertThat(script("heap-dump")).isEqualTo("command");
        assertThat(script("jfr with words")).isEqualTo("command");
    }

    @Test
    void theRecordersOwnWordsReachTheJvm() {
        ContainerCommands commands =
                ContainerCommands.alone(new LocalProcessRunner(), Clock.systemUTC(), ProbeLimits.DEFAULTS);
        assertThat(success(commands.send(
                        jvm.target(),
                        Recorder.of("JFR.check"),
                        new ContainerCommands.Cost.NoPause(),
                        Duration.ofSeconds(20))))
                .contains("No available recordings")
                .doesNotStartWith(String.valueOf(jvm.pid()));
    }

    @Test
    void aDumpIsToldItsFile() {
        ContainerFile file = new ContainerFile("/dumps/heapwarden-17.hprof");
        assertThat(new HeapDump(false, file).inWords()).isEqualTo("GC.heap_dump -all /dumps/heapwarden-17.hprof");
        assertThat(new HeapDump(true, file).inWords()).isEqualTo("GC.heap_dump /dumps/heapwarden-17.hprof");
    }

    /** What attach.sh says to words that come from elsewhere, in every shell of this machine. */
    private static String script(String command, String... words) {
        List<String> said = SHELLS.stream()
                .filter(WordedCommandTest::installed)
                .map(shell -> scriptIn(shell, command, words))
                .distinct()
                .toList();
        assertThat(said).hasSize(1);
        return said.getFirst();
    }

    private static boolean installed(String shell) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, shell.split(" ")[0])));
    }

    private static String scriptIn(String shell, String command, String... words) {
        String boundary = ProbeScript.newBoundary();
        List<String> arguments = new ArrayList<>(List.of(
                String.valueOf(inspection.pid()),
                String.valueOf(inspection.process().startTicks()),
                "0",
                "20",
                "jcmd",
                String.valueOf(inspection.jcmd()),
                command));
        arguments.addAll(List.of(words));
        List<String> line = new ArrayList<>(List.of(shell.split(" ")));
        line.addAll(
                ProbeScript.Attach.command(boundary, arguments).stream().skip(1).toList());
        CommandOutput output =
                success(new LocalProcessRunner().run(jvm.target(), line, Duration.ofSeconds(30), 1 << 20));
        Frame frame = success(Frame.parse(output, boundary));
        assertThat(frame.has("answer")).isFalse();
        return frame.text("refused").strip();
    }
}
