package io.heapwarden.probe;

import java.time.Duration;
import java.util.List;

/** Runs a command inside a container; the port behind which the ways of getting there differ. */
public interface CommandRunner {

    /**
     * Runs a command to its end or to the time-out, whichever comes first. Output beyond the cap is read and dropped, never left unread: a
     * JVM may be waiting for its reader.
     *
     * @param target where to run it
     * @param command the command and its arguments
     * @param timeout after this long the call returns whatever happened
     * @param outputCap the most bytes of standard output that are kept
     */
    ProbeResult<CommandOutput> run(Target target, List<String> command, Duration timeout, int outputCap);

    /** How people know this way, such as "exec". */
    String name();

    /**
     * What a command wrote.
     *
     * @param standardOutput at most the cap's number of bytes
     * @param truncated whether there was more
     * @param standardError the beginning of it, for messages
     */
    record CommandOutput(byte[] standardOutput, boolean truncated, String standardError) {}
}
