import io.heapwarden.jvm.JvmCounters;
import io.heapwarden.jvm.MalformedOutputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of a program from its start to its end, recorded in memory; {@link Traces} writes it. */
final class Recording {

    private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup/memory");
    private static final Duration LONGEST_LEAK = Duration.ofSeconds(600);
    private static final int FAILED_READINGS = 20;

    /** Exit code of {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int OUT_OF_MEMORY = 3;

    private final Program program;
    private final Run run;
    private final Path classes;
    private final Path logs;
    private final List<Reading> readings = new ArrayList<>();
    private JvmCounters counters;
    private volatile Instant leakFrom;
    private Instant exhaustedAt;

    Recording(Program program, Run run, Path classes, Path logs) {
        this.program = program;
        this.run = run;
        this.classes = classes;
        this.logs = logs;
    }

    List<Reading> readings() {
        return readings;
    }

    JvmCounters counters() {
        return counters;
    }

    /** In real time; null when nothing ran out. */
    Instant exhaustedAt() {
        return exhaustedAt;
    }

    Instant startedAt() {
        return counters.startedAt();
    }

    /** When the program said that it begins to leak, else its start; null for what is no leak. */
    Instant leakFrom() {
        return program.leaks() ? (leakFrom == null ? startedAt() : leakFrom) : null;
    }

    /** Runs and reads it; an exception tells why the run is not what its program declares. */
    void make() throws IOException, InterruptedException {
        Path group = run.words().containsKey("cgroup") ? controlGroup() : null;
        Process process = start(group);
        try (LiveJvm jvm = new LiveJvm(process.pid(), group, run.words().containsKey("nmt"))) {
            listen(process);
            sample(process, jvm);
        } finally {
            process.destroyForcibly().waitFor();
            if (group != null) {
                Files.deleteIfExists(group);
            }
        }
        if (program.leaks() && exhaustedAt == null) {
            throw new IOException("nothing ran out in " + LONGEST_LEAK.toSeconds() + " s");
        }
        if (!program.leaks() && exhaustedAt != null) {
            throw new IOException("memory ran out, see " + log());
        }
    }

    private Path log() {
        return logs.resolve(run.trace() + ".log");
    }

    private Path controlGroup() throws IOException {
        return Files.createDirectories(CONTROL_GROUPS.resolve("heapwarden-corpus-" + run.trace()));
    }

    private Process start(Path group) throws IOException {
        List<String> command = new ArrayList<>();
        if (group != null) {
            command.addAll(List.of("sh", "-c", "echo $$ > " + group.resolve("cgroup.procs") + " && exec \"$@\"", "sh"));
        }
        command.add(Jdks.home(run.jdk()).resolve("bin/java").toString());
        command.addAll(run.jvmOptions());
        command.addAll(List.of("-cp", classes.toString(), program.mainClass()));
        command.addAll(run.arguments(program.leaks()));
        Files.createDirectories(logs);
        return new ProcessBuilder(command).redirectError(log().toFile()).start();
    }

    /** A program that does not leak from its start on prints a line when it begins to. */
    private void listen(Process process) {
        Thread.ofVirtual().start(() -> {
            try (BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.equals("leaking")) {
                        leakFrom = Instant.now();
                    }
                }
            } catch (IOException e) {
                // The program has ended.
            }
        });
    }

    private void sample(Process process, LiveJvm jvm) throws InterruptedException, IOException {
        Instant begun = Instant.now();
        Duration longest = program.leaks() ? LONGEST_LEAK : Duration.ofSeconds(run.seconds());
        int failed = 0;
        for (long tick = 1; exhaustedAt == null; tick++) {
            Instant due = begun.plusMillis(tick * run.intervalMillis());
            long wait = Duration.between(Instant.now(), due).toMillis();
            if (process.waitFor(Math.max(wait, 0), TimeUnit.MILLISECONDS)) {
                if (process.exitValue() != OUT_OF_MEMORY) {
                    throw new IOException("it ended early, see " + log());
                }
                exhaustedAt = Instant.now();
                break;
            }
            if (Duration.between(begun, due).compareTo(longest) > 0) {
                break;
            }
            if (wait < -run.intervalMillis()) {
                continue;
            }
            try {
                int every = run.histogramEvery();
                Reading reading = jvm.read(every > 0 && tick % every == 0, run.liveHistograms());
                counters = jvm.counters();
                readings.add(reading);
                failed = 0;
                if (program.leaks() && beyondLimit(reading)) {
                    exhaustedAt = reading.at();
                }
            } catch (IOException | MalformedOutputException e) {
                if (process.isAlive() && ++failed > FAILED_READINGS) {
                    throw new IOException("cannot be read: " + e.getMessage(), e);
                }
            }
        }
        if (counters == null) {
            throw new IOException("ended before it was read, see " + log());
        }
    }

    /** Limits that nothing enforces here: the kernel would, in a container. */
    private boolean beyondLimit(Reading reading) {
        return atLeast(reading, "anonBytes", run.bytes("container")) || atLeast(reading, "threads", run.bytes("pids"));
    }

    private static boolean atLeast(Reading reading, String figure, Long limit) {
        Number value = reading.figures().get(figure);
        return limit != null && value != null && value.longValue() >= limit;
    }
}
