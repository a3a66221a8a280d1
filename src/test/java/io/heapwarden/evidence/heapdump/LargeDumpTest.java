package io.heapwarden.evidence.heapdump;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dump of 256 MiB goes through a JVM whose heap is a tenth of it. */
class LargeDumpTest {

    @TempDir
    Path work;

    @Test
    void aLargeDumpNeedsLittleMemory() throws Exception {
        Path output = work.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeDump.class.getName(),
                        "256",
                        "true")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(300, SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        long size = new LargeDump(256).size();
        assertThat(size).isGreaterThan(256L << 20);
        assertThat(Files.readString(output)).contains("complete=true read=" + size + " of=" + size + " ");
        assertThat(process.exitValue()).isZero();
    }
}
