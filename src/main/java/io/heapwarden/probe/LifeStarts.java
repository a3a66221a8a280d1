package io.heapwarden.probe;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says for one process always the same start time. A changed start time means a new life, but the sources differ by a second: the JVM's own
 * counters, which may come and go, and the kernel's boot time, which follows corrections of the clock.
 */
final class LifeStarts {

    /** More containers than one operator watches; the least recently asked are forgotten first. */
    private static final int MOST = 50_000;

    private record Start(int pid, long ticks, Instant at) {}

    private final Map<String, Start> starts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Start> eldest) {
            return size() > MOST;
        }
    };

    synchronized Instant startOf(String containerId, int pid, long ticks, Instant said) {
        Start known = starts.get(containerId);
        if (known != null && known.pid() == pid && known.ticks() == ticks) {
            return known.at();
        }
        starts.put(containerId, new Start(pid, ticks, said));
        return said;
    }
}
