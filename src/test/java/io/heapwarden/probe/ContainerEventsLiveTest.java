package io.heapwarden.probe;

import static io.heapwarden.probe.LiveJvmTest.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heapwarden.jvm.ContainerEvents;
import io.heapwarden.probe.JvmQuestions.Look;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM in a control group of version 1 of its own, whose limit is hit by page cache and by a child that takes too much. Needs root. */
class ContainerEventsLiveTest {

    private static final Path MEMORY = Path.of("/sys/fs/cgroup/memory");
    private static final long LIMIT = 192 << 20;

    @TempDir
    Path directory;

    @Test
    void hitsAndKillsAreCounted() throws Exception {
        assumeTrue(
                Files.exists(MEMORY.resolve("memory.failcnt")) && Files.isWritable(MEMORY.resolve("cgroup.procs")),
                "memory control groups of version 1 that can be written");
        Path group = Files.createDirectory(MEMORY.resolve(
                "heapwarden-events-test-" + ProcessHandle.current().pid()));
        try {
            Files.writeString(group.resolve("memory.limit_in_bytes"), String.valueOf(LIMIT));
            String java = JavaHomes.any().resolve("bin/java").toString();
            Path file = directory.resolve("cached");
            // The shell joins, fills the page cache beyond the limit, and becomes the JVM.
            try (LiveProcess jvm = LiveProcess.awaited(
                    List.of(
                            "sh",
                            "-c",
                            "echo $$ >\"$1/cgroup.procs\"; dd if=/dev/zero of=\"$2\" bs=1M count=300 2>/dev/null; rm \"$2\";"
                                    + " exec \"$3\" -Xmx32m -cp \"$4\" Idle",
                            "sh",
                            group.toString(),
                            file.toString(),
                            java,
                            LiveProcess.compiled(directory).toString()),
                    Map.of())) {
                JvmQuestions local = new LocalQuestions(Clock.systemUTC(), ProbeLimits.DEFAULTS);
                JvmQuestions scripts =
                        new ContainerQuestions(new LocalProcessRunner(), Clock.systemUTC(), ProbeLimits.DEFAULTS);
                Look before = success(local.look(jvm.target()));

                assertThat(before.containerLimit()).isEqualTo(LIMIT);
                assertThat(before.container().limitHits()).isPositive();
                assertThat(before.container().oomKills()).isZero();
                assertThat(before.container().underOom()).isFalse();
                assertThat(success(scripts.look(jvm.target())).container()).isEqualTo(before.container());

                int greedy = takeTooMuch(group, java);

                assertThat(greedy).as("killed").isEqualTo(137);
                ContainerEvents.Difference difference =
                        success(local.look(jvm.target())).container().since(before.container(), Duration.ofSeconds(1));
                assertThat(difference.oomKills()).isEqualTo(1);
                assertThat(difference.limitHits()).isPositive();
                assertThat(jvm.alive()).isTrue();
            }
        } finally {
            Files.delete(group);
        }
    }

    /** The kernel kills the one that has most, which is this one. */
    private static int takeTooMuch(Path group, String java) throws Exception {
        Process greedy = new ProcessBuilder(
                        "sh",
                        "-c",
                        "echo $$ >\"$1/cgroup.procs\"; exec \"$2\" -Xms300m -Xmx300m -XX:+AlwaysPreTouch -version",
                        "sh",
                        group.toString(),
                        java)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return greedy.waitFor();
    }
}
