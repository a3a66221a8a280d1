package io.heapwarden.jvm;

import io.heapwarden.jvm.ThreadDump.Group;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the threads of a dump by name and state. Bounded: a dump may hold names and frames without end. */
final class ThreadGroups {

    /** Different frames counted in one group; which is the commonest is told among those seen first. */
    private static final int MAX_FRAMES = 64;

    private record Key(String name, ThreadState state) {}

    private final Map<Key, Count> groups = new HashMap<>();

    /** @return name of the group that the thread was counted in */
    String add(String threadName, ThreadState state, @Nullable String topFrame, @Nullable String applicationFrame) {
        Key key = new Key(ThreadNames.normalised(threadName), state);
        if (groups.size() >= ThreadDump.MAX_GROUPS && !groups.containsKey(key)) {
            key = new Key(ThreadDump.OTHERS, state);
        }
        Count count = groups.computeIfAbsent(key, k -> new Count());
        count.threads++;
        count.top.add(topFrame);
        count.application.add(applicationFrame);
        return key.name;
    }

    List<Group> largestFirst() {
        return groups.entrySet().stream()
                .map(entry -> group(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt(Group::threads)
                        .reversed()
                        .thenComparing(Group::name)
                        .thenComparing(Group::state))
                .toList();
    }

    private static Group group(Key key, Count count) {
        String application = count.application.commonest();
        return new Group(
                key.name,
                key.state,
                count.threads,
                count.top.commonest(),
                application,
                application == null ? 0 : count.application.of(application));
    }

    /** What is known of one group. */
    private static final class Count {
        private int threads;
        private final Frames top = new Frames();
        private final Frames application = new Frames();
    }

    /** How many threads are where. */
    private static final class Frames {

        private final Map<String, Integer> threads = new HashMap<>();

        void add(@Nullable String frame) {
            if (frame != null && (threads.size() < MAX_FRAMES || threads.containsKey(frame))) {
                threads.merge(frame, 1, Integer::sum);
            }
        }

        int of(String frame) {
            return threads.getOrDefault(frame, 0);
        }

        @Nullable
        String commonest() {
            return threads.entrySet().stream()
                    .max(Map.Entry.<String, Integer>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .map(Map.Entry::getKey)
                    .orElse(null);
        }
    }
}
