package io.heapwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapwarden.jvm.DiagnosedJvm;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What inspect says of a JVM whose troubles are known. */
class InspectCommandTest {

    private static final Path HOME = Path.of(System.getProperty("java.home"));

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysWhatStandsOutFirst() throws Exception {
        try (DiagnosedJvm jvm = DiagnosedJvm.start(HOME, directory, "-XX:+UseSerialGC")) {
            assertThat(run("inspect", "--pid", String.valueOf(jvm.pid()), "--all", "--rates", "1s"))
                    .isZero();

            List<String> lines = out.toString().lines().toList();
            assertThat(lines.getFirst())
                    .startsWith("pid " + jvm.pid() + ": Java ")
                    .contains(", Serial, up since ");
            assertThat(lines).anySatisfy(line -> assertThat(line)
                    .startsWith("rates over 1 s: ")
                    .contains("0.0 % of the time in pauses of the collector"));
            List<String> findings = lines.subList(lines.indexOf("What stands out") + 1, lines.size());
            assertThat(findings.get(0)).startsWith("  DEADLOCK: ").endsWith("Only a restart ends it.");
            assertThat(findings.get(1)).startsWith("  DEADLOCK: ");
            assertThat(findings.get(2))
                    .matches(
                            "  50 threads, most of them pool-N-thread-N, wait for one java.lang.Object \\(0x[0-9a-f]+\\),"
                                    + " which holder holds\\.");
            assertThat(findings.get(3))
                    .startsWith("  299 objects wait for their finalizers, most of Diagnosed$Finalized");
            assertThat(lines)
                    .anyMatch(line -> line.matches(
                            "  +50  Blocked +pool-N-thread-N +Diagnosed.waitForShared\\(Diagnosed.java:\\d+\\)"))
                    .anyMatch(line -> line.matches(" +50  java.lang.Object 0x[0-9a-f]+ +holder"))
                    .anyMatch(line -> line.endsWith("not said; ask with --locks"))
                    .anyMatch(line -> line.startsWith("Native memory: the JVM keeps no account."))
                    .anyMatch(line -> line.startsWith("Interned strings: "))
                    .anyMatch(line -> line.startsWith("Class loaders: 10, of "))
                    .anyMatch(line -> line.endsWith(" Diagnosed$PluginLoader"))
                    .anyMatch(line -> line.matches(" +299  Diagnosed\\$Finalized"));
            assertThat(err.toString()).isEmpty();
        }
    }

    @Test
    void writesOneObjectWithAllThatWasAskedAndNothingElse() throws Exception {
        try (DiagnosedJvm jvm = DiagnosedJvm.start(HOME, directory, "-XX:NativeMemoryTracking=summary")) {
            assertThat(run(
                            "inspect",
                            "--pid",
                            String.valueOf(jvm.pid()),
                            "--locks",
                            "--native-memory",
                            "--format",
                            "json"))
                    .isZero();

            JsonNode found = new ObjectMapper().readTree(out.toString());
            List<String> fields = new ArrayList<>();
            found.fieldNames().forEachRemaining(fields::add);
            assertThat(fields)
                    .containsExactly(
                            "pid",
                            "javaVersion",
                            "collector",
                            "processThreads",
                            "rss",
                            "heap",
                            "container",
                            "findings",
                            "threads",
                            "nativeMemory");
            assertThat(found.at("/threads/contendedLocks/0/waiters").asInt()).isEqualTo(50);
            assertThat(found.at("/threads/contendedLocks/0/holder").asText()).isEqualTo("holder");
            assertThat(found.at("/threads/deadlocks")).hasSize(2);
            assertThat(found.at("/threads/groups/0/name").asText()).isEqualTo("pool-N-thread-N");
            assertThat(found.at("/threads/groups/0/threads").asInt()).isEqualTo(50);
            assertThat(found.at("/nativeMemory/tracked").asBoolean()).isTrue();
            assertThat(found.at("/nativeMemory/committed").asLong()).isPositive();
            assertThat(found.at("/heap/max").asLong()).isEqualTo(64 << 20);
        }
    }

    @Test
    void saysWhatWasNotAskedAndWhy() throws Exception {
        try (DiagnosedJvm jvm = DiagnosedJvm.start(HOME, directory)) {
            assertThat(run("inspect", "--pid", String.valueOf(jvm.pid()), "--threads", "--max-pause", "1ms"))
                    .isEqualTo(1);
            assertThat(out.toString()).contains("Threads: not asked (PauseTooLong): Thread.print, with ");
        }
    }

    @Test
    void aProcessThatIsNoneIsSaid() {
        assertThat(run("inspect", "--pid", "1073741824", "--all")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("Process 1073741824 cannot be inspected (NotRunning): there is no process 1073741824");
    }

    private int run(String... arguments) {
        return new CommandLine(HeapwardenCommand.class)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
