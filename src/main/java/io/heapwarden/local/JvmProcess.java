package io.heapwarden.local;

import java.time.Instant;

/**
 * A JVM of this machine.
 *
 * @param pid its process id
 * @param startedAt when its process started
 * @param main its main class, or the file name of its jar
 * @param commandLine its whole command line, arguments included
 * @param user who it runs as
 */
public record JvmProcess(long pid, Instant startedAt, String main, String commandLine, String user) {

    /** Main class and pid, as reports name it. */
    @Override
    public String toString() {
        return main + " (pid " + pid + ")";
    }
}
