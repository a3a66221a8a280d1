package io.heapwarden.probe;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/** Runs a command inside a container and hands over what it writes as it comes; for more than fits into memory. */
public interface StreamRunner {

    /**
     * Starts a command. Its standard output is read no faster than the caller reads: the command waits meanwhile, and at most a mebibyte is kept. The stream
     * ends only where the other side said that the command ended well; a connection that is lost, a command that fails, and a limit that passes are an
     * {@link java.io.IOException}. Reading blocks. The caller closes the stream, which ends the command's connection.
     *
     * @param target where to run it
     * @param command the command and its arguments
     * @param limit after this long reading fails, whatever has been read
     */
    ProbeResult<InputStream> open(Target target, List<String> command, Duration limit);
}
