package io.heapwarden.probe;

import io.heapwarden.jvm.ContainerEvents;
import io.heapwarden.jvm.JvmCounters;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks a JVM what {@link JvmProbe} does not: a person wants to know, and one question follows another. Every question passes the checks of a class
 * histogram. Calls block and never throw for what the JVM did; run them on virtual threads. At most one call for one container at a time.
 */
public interface JvmQuestions {

    /** Looks at the JVM without asking it anything. Never pauses it. */
    ProbeResult<Look> look(Target target);

    /**
     * Asks one question.
     *
     * @param maxPause the longest pause that may be predicted
     */
    <T> ProbeResult<T> ask(Target target, Question<T> question, Duration maxPause);

    /**
     * What is seen from outside.
     *
     * @param pid process id
     * @param threads of the process, the JVM's own included
     * @param rss resident memory in bytes; null when not known
     * @param counters its own counters; null when it keeps none that can be read
     * @param container what happened to its container's memory; nothing is known of a process that shares its control group
     * @param containerLimit memory limit of the container in bytes; null when it has none
     */
    record Look(
            int pid,
            long threads,
            @Nullable Long rss,
            @Nullable JvmCounters counters,
            ContainerEvents container,
            @Nullable Long containerLimit) {}
}
