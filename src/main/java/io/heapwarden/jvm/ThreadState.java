package io.heapwarden.jvm;

import org.jspecify.annotations.Nullable;

/** What a thread of a {@link ThreadDump} does. The constants are spelled as they appear in reports. */
public enum ThreadState {
    /** It waits to enter a synchronized block that another thread is in. */
    Blocked("BLOCKED"),
    /** It runs, or waits inside of a system call: a JVM does not tell these apart. */
    Runnable("RUNNABLE"),
    /** It waits for another thread without a limit, also for a lock of java.util.concurrent. */
    Waiting("WAITING"),
    /** It waits for another thread or a time. */
    TimedWaiting("TIMED_WAITING"),
    /** It runs a virtual thread, whose own state is not said; from JDK 21 on. */
    CarryingVirtualThread(null),
    /** It has not started. */
    New("NEW"),
    /** It has ended. */
    Terminated("TERMINATED"),
    /** It is one of the JVM's own threads, which have no state. */
    OfTheJvm(null);

    private final @Nullable String javaName;

    ThreadState(@Nullable String javaName) {
        this.javaName = javaName;
    }

    /** The state that begins with Java's name for it; null when there is none. */
    static @Nullable ThreadState named(String words) {
        int blank = words.indexOf(' ');
        String name = blank < 0 ? words : words.substring(0, blank);
        for (ThreadState state : values()) {
            if (name.equals(state.javaName)) {
                return state;
            }
        }
        return null;
    }
}
