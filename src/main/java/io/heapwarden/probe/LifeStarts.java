package io.heapwarden.probe;

import java.time.Instant;

/**
 * Says for one process always the same start time. A changed start time means a new life, but the sources differ by a second: the JVM's own
 * counters, which may come and go, and the kernel's boot time, which follows corrections of the clock.
 */
final class LifeStarts {

    private record Start(int pid, long ticks, Instant at) {}

    private final Remembered<Start> starts = new Remembered<>();

    Instant startOf(String containerId, int pid, long ticks, Instant said) {
        return starts.change(
                        containerId,
                        id -> new Start(pid, ticks, said),
                        known -> known.pid() == pid && known.ticks() == ticks ? known : new Start(pid, ticks, said))
                .at();
    }
}
