package io.heapwarden.evidence.chain;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** One JVM as the collector of chains drives it: diagnostic commands, and files as the JVM's own process sees them. */
public interface JvmCommands {

    /**
     * Sends a diagnostic command, as {@code jcmd} does. A time limit that passes does not end what the JVM does.
     *
     * @return the JVM's whole answer
     * @throws IOException when it does not answer in time or cannot be reached; the message says which
     */
    String diagnosticCommand(String command, Duration limit) throws IOException;

    /** Bytes of a file; throws when there is none. */
    long fileSize(String path) throws IOException;

    /** A file's content, at most so many bytes of it. The caller closes it. */
    InputStream read(String path, long limit) throws IOException;

    /** Removes a file; does nothing when there is none. */
    void remove(String path) throws IOException;
}
