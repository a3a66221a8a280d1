package io.heapwarden.jvm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Thread.print} says, on JDK 8 to 25, with or without {@code -l}, condensed: threads that do the same are one group, and what is kept
 * of their stacks is where the application is in them. docs/jvm-counters.md has the formats.
 *
 * @param threads threads of the application and of the class library; each has a state
 * @param jvmThreads the JVM's own threads: collector, compiler and the like
 * @param mountedVirtualThreads virtual threads that run on one of {@code threads}, from JDK 21 on; those that wait are not in a dump
 * @param groups the application's threads and the JVM's, by name and state, largest first
 * @param contendedLocks locks that threads wait for, most wanted first
 * @param deadlocks threads that wait for each other for ever, as the JVM found them
 */
public record ThreadDump(
        int threads,
        int jvmThreads,
        int mountedVirtualThreads,
        List<Group> groups,
        List<ContendedLock> contendedLocks,
        List<Deadlock> deadlocks) {

    /** Longest answer read. A thread takes about 1 KB. */
    public static final int MAX_BYTES = 32 << 20;

    /** Most groups kept; threads beyond them are counted in one group of this name for each state. */
    public static final int MAX_GROUPS = 2048;

    /** Name of the group of threads that are in none of the groups kept. */
    public static final String OTHERS = "(others)";

    /** Copies the lists. */
    public ThreadDump {
        groups = List.copyOf(groups);
        contendedLocks = List.copyOf(contendedLocks);
        deadlocks = List.copyOf(deadlocks);
    }

    /**
     * Threads whose names differ in numbers only, and that are in the same state.
     *
     * @param name with N for each number: {@code pool-N-thread-N}
     * @param state what they do
     * @param threads how many
     * @param topFrame where most of them are, such as {@code java.lang.Thread.sleep(Thread.java:509)}; null for threads without a stack
     * @param applicationFrame the first method from the top that is not of the JDK, where most of them have it; null when there is none, as in an idle
     *     pool
     * @param applicationFrameThreads how many of them have that one
     */
    public record Group(
            String name,
            ThreadState state,
            int threads,
            @Nullable String topFrame,
            @Nullable String applicationFrame,
            int applicationFrameThreads) {}

    /**
     * A lock that threads wait for.
     *
     * @param className class of the object that is locked
     * @param address of the object, which is the same within one dump only
     * @param monitor whether it is that of a synchronized block; else one of java.util.concurrent
     * @param waiters how many threads wait for it
     * @param waitingGroup name of the group that most of them are in
     * @param holder name of the thread that has it; null when the dump does not say: one of java.util.concurrent without {@code -l}, or a virtual
     *     thread that waits itself
     */
    public record ContendedLock(
            String className,
            long address,
            boolean monitor,
            int waiters,
            String waitingGroup,
            @Nullable String holder) {}

    /** Threads that wait for each other, each for the next and the last for the first. */
    public record Deadlock(List<Party> parties) {
        /** Copies the list. */
        public Deadlock {
            parties = List.copyOf(parties);
        }
    }

    /**
     * One of the threads of a deadlock.
     *
     * @param thread its name
     * @param lockClass class of the object that it waits to lock; null when the JVM does not say
     * @param heldBy name of the thread that has it; null when the JVM does not say
     */
    public record Party(String thread, @Nullable String lockClass, @Nullable String heldBy) {}

    /**
     * Reads the text, with or without the lines that a client puts before it.
     *
     * @throws MalformedOutputException when it is no thread dump, or is cut
     */
    public static ThreadDump parse(byte[] text) throws MalformedOutputException {
        return new ThreadDumpParser(text).parse();
    }
}
