package io.heapwarden.probe.program;

import static io.heapwarden.probe.Shells.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.probe.LiveProcess;
import io.heapwarden.probe.LocalProcessRunner;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Asks with the real program's own words, and looks at what came of it. */
final class Asking {

    private Asking() {}

    static void assertUnharmed(LiveProcess jvm) throws Exception {
        assertThat(jvm.alive()).isTrue();
        assertThat(leftOf(jvm)).isEmpty();
        assertThat(jvm.lines()).as("no thread dump in its log").containsExactly("ready");
    }

    static FailureReason reason(ProbeResult<?> result) {
        assertThat(result).isInstanceOf(Failure.class);
        return ((Failure<?>) result).reason();
    }

    static long startOf(long pid) throws Exception {
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
    }

    static List<String> words(long pid, long start, String headroom, String command) {
        return List.of(
                ProbeProgram.path().toString(),
                "ask",
                "--pid",
                String.valueOf(pid),
                "--start",
                String.valueOf(start),
                "--headroom",
                headroom,
                "--timeout",
                "20000",
                command);
    }

    static String ask(long pid, long start, String headroom, String command) {
        return run(words(pid, start, headroom, command));
    }

    static String run(List<String> words) {
        Target anywhere = new Target("shop", "checkout-1", "uid", "app", "containerd://1");
        return new String(
                success(new LocalProcessRunner().run(anywhere, words, Duration.ofSeconds(60), 8 << 20))
                        .standardOutput(),
                StandardCharsets.UTF_8);
    }

    static String trailer(String answer) {
        assertThat(answer).startsWith("{\"heapwarden\":\"answer/v1\"").endsWith("}\n");
        List<String> lines = answer.lines().toList();
        assertThat(lines.get(lines.size() - 2)).isEqualTo("0");
        return lines.get(lines.size() - 1);
    }

    /** Trigger files where the JVM stands and in /tmp. */
    static List<Path> leftOf(LiveProcess jvm) throws IOException {
        String name = ".attach_pid" + jvm.pid();
        return Stream.of(
                        Path.of("/tmp", name),
                        Path.of(System.getProperty("java.io.tmpdir"), name),
                        Path.of("/proc", String.valueOf(jvm.pid()), "cwd", name),
                        Path.of("/proc", String.valueOf(jvm.pid()), "root/tmp", name))
                .filter(Files::exists)
                .toList();
    }
}
