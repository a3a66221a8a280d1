package io.heapwarden.probe;

import io.heapwarden.jvm.Collector;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which JVM answered.
 *
 * @param pid its process id inside the container; {@value #NO_PID} where the channel does not see it
 * @param startedAt when it started; a change means a new life
 * @param version Java version, such as 17.0.15; null when it did not say
 * @param collector its garbage collector
 * @param jvmCount how many HotSpot JVMs the container runs; the one of the most resident memory is watched
 */
public record JvmIdentity(int pid, Instant startedAt, @Nullable String version, Collector collector, int jvmCount) {

    /** Of a JVM that is known by what it tells, not by its process. */
    public static final int NO_PID = 0;
}
