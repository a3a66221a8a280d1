package io.heapwarden.probe.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.probe.CommandRunner.CommandOutput;
import io.heapwarden.probe.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the program is without a JVM. */
@Timeout(60)
class ProgramItselfTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    /** A target that narrows nothing. */
    private static final Target ANYWHERE = new Target("shop", "checkout-1", "uid", "app", "containerd://1");

    @Test
    void isSmall() throws Exception {
        assertThat(Files.size(ProbeProgram.path())).isLessThan(1 << 20);
        Process waiting = new ProcessBuilder(ProbeProgram.path().toString(), "wait").start();
        try {
            await().atMost(LONG).untilAsserted(() -> assertThat(
                            Files.readString(Path.of("/proc", String.valueOf(waiting.pid()), "cmdline")))
                    .endsWith("wait\0"));
            String status = Files.readString(Path.of("/proc", String.valueOf(waiting.pid()), "status"));
            Matcher peak = Pattern.compile("VmHWM:\\s+(\\d+) kB").matcher(status);
            assertThat(peak.find()).isTrue();
            assertThat(Long.parseLong(peak.group(1))).isLessThan(1024);
        } finally {
            waiting.destroy();
            assertThat(waiting.waitFor(10, TimeUnit.SECONDS))
                    .as("it ends at SIGTERM")
                    .isTrue();
            assertThat(waiting.exitValue()).isZero();
        }
    }

    @Test
    void refusesWordsItDoesNotKnow() {
        for (String words : List.of(
                "",
                "frobnicate",
                "counters --pid",
                "counters --pid 0",
                "counters --pid -1",
                "counters x",
                "ask histogram",
                "wait x",
                "ask --pid 1 --pid 2 --start 1 --headroom 1 histogram",
                "counters --pid 99999999999")) {
            CommandOutput output = ProbeProgram.run(ANYWHERE, words.isEmpty() ? new String[0] : words.split(" "));
            assertThat(output.standardOutput()).as(words).isEmpty();
            assertThat(output.standardError()).as(words).startsWith("heapwarden-probe: ");
        }
    }
}
