package io.heapwarden.jvm;

import io.heapwarden.jvm.ThreadDump.ContendedLock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who has and who wants which lock, by the locks' addresses. Bounded: beyond, no more locks are taken note of. */
final class ThreadLocks {

    private static final int MAX_LOCKS = 1 << 16;

    /** A lock that a thread waits for. */
    record Wanted(long address, String className, boolean monitor) {}

    private static final class Queue {
        private final Wanted lock;
        private int waiters;
        private final Map<String, Integer> groups = new HashMap<>();

        Queue(Wanted lock) {
            this.lock = lock;
        }
    }

    private final Map<Long, String> holders = new HashMap<>();
    private final Map<Long, Queue> queues = new HashMap<>();

    void held(long address, String thread) {
        if (holders.size() < MAX_LOCKS) {
            holders.putIfAbsent(address, thread);
        }
    }

    void wanted(Wanted lock, String group) {
        if (queues.size() >= MAX_LOCKS && !queues.containsKey(lock.address)) {
            return;
        }
        Queue queue = queues.computeIfAbsent(lock.address, address -> new Queue(lock));
        queue.waiters++;
        queue.groups.merge(group, 1, Integer::sum);
    }

    List<ContendedLock> mostWantedFirst() {
        return queues.values().stream()
                .map(this::contended)
                .sorted(Comparator.comparingInt(ContendedLock::waiters)
                        .reversed()
                        .thenComparing(ContendedLock::address, Long::compareUnsigned))
                .toList();
    }

    private ContendedLock contended(Queue queue) {
        String group = queue.groups.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse("");
        @Nullable String holder = holders.get(queue.lock.address);
        return new ContendedLock(
                queue.lock.className, queue.lock.address, queue.lock.monitor, queue.waiters, group, holder);
    }
}
