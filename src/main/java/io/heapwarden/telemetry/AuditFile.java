package io.heapwarden.telemetry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * A file that only grows: opened with {@code O_APPEND} for each line, so that it can be moved away at any time, and each line is one write, so that two
 * writers never mix. A line that cannot be written is said in the log once a minute, and is still in the log itself.
 */
final class AuditFile {

    private static final Logger LOG = Logger.getLogger(AuditFile.class);
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final Path file;
    private long lost;
    private long lastSaid = System.nanoTime() - QUIET_NANOS;

    AuditFile(Path file) {
        this.file = file;
    }

    synchronized void append(String line) {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            lost++;
            if (System.nanoTime() - lastSaid >= QUIET_NANOS) {
                lastSaid = System.nanoTime();
                LOG.errorf(
                        "The audit file %s could not be written, %d lines are in this log only: %s. Free or mount its volume, or unset heapwarden.audit.file",
                        file, lost, e);
            }
        }
    }
}
