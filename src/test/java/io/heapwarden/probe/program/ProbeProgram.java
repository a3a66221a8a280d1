package io.heapwarden.probe.program;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heapwarden.probe.CommandRunner.CommandOutput;
import io.heapwarden.probe.Inspection;
import io.heapwarden.probe.LocalProcessRunner;
import io.heapwarden.probe.ProbeLimits;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real program, built once for all tests. */
final class ProbeProgram {

    private static final Duration ENOUGH = Duration.ofSeconds(60);

    private ProbeProgram() {}

    /** Where it is. Skips the test where there is no C compiler and none can be installed. */
    static Path path() {
        assumeTrue(Built.REASON.isEmpty(), Built.REASON);
        return Built.PATH;
    }

    /** The options that name a process of this machine. */
    static List<String> pid(Target target) {
        return List.of("--pid", target.containerId().replaceAll(".*/", ""));
    }

    static ProgramAccess access(ProbeLimits limits) {
        return new ProgramAccess(new LocalProcessRunner(), limits, path().toString(), ProbeProgram::pid);
    }

    /** Limits for a test: another time-out of the program, and little free memory needed. */
    static ProbeLimits limits(Duration timeout) {
        ProbeLimits d = ProbeLimits.DEFAULTS;
        return new ProbeLimits(
                d.countersTimeout(),
                d.countersCap(),
                ENOUGH,
                timeout,
                d.attachCap(),
                1,
                d.firstBackOff(),
                d.longestBackOff());
    }

    static ProbeResult<byte[]> ask(Target target, Inspection jvm, ProgramCommand command, Duration timeout) {
        return access(limits(timeout)).ask(target, jvm, command);
    }

    /** Runs it with other words. */
    static CommandOutput run(Target target, String... words) {
        List<String> command =
                Stream.concat(Stream.of(path().toString()), Stream.of(words)).toList();
        ProbeResult<CommandOutput> ran = new LocalProcessRunner().run(target, command, ENOUGH, 8 << 20);
        if (ran instanceof Success<CommandOutput>(CommandOutput output)) {
            return output;
        }
        throw new AssertionError(command + " did not end: " + ran);
    }

    private static final class Built {
        static final Path PATH =
                Path.of("target", "probe", architecture(), "heapwarden-probe").toAbsolutePath();
        static final String REASON = build();

        private static String architecture() {
            return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        }

        private static String build() {
            try {
                ProcessBuilder builder = new ProcessBuilder("src/test/scripts/probe.sh").redirectErrorStream(true);
                builder.environment().put("PROBE_ARCH", architecture());
                Process process = builder.start();
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!process.waitFor(5, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new IllegalStateException("probe.sh did not end: " + said);
                }
                if (process.exitValue() == 0) {
                    return Files.isExecutable(PATH) ? "" : "probe.sh built nothing at " + PATH;
                }
                if (said.contains("No C compiler")) {
                    return said;
                }
                throw new IllegalStateException("heapwarden-probe does not build: " + said);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
