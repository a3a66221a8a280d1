package io.heapwarden.cli;

import io.heapwarden.jvm.ClassLoaderStatistics;
import io.heapwarden.jvm.ContainerEvents;
import io.heapwarden.jvm.CounterRates;
import io.heapwarden.jvm.FinalizerQueue;
import io.heapwarden.jvm.NativeMemory;
import io.heapwarden.jvm.StringTable;
import io.heapwarden.jvm.ThreadDump;
import io.heapwarden.probe.JvmQuestions.Look;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Success;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about one JVM.
 *
 * @param look what is seen from outside
 * @param rates how fast things happen; null when that was not asked
 * @param container what happened to its container's memory in that time; null when that was not asked
 * @param threads null when not asked; so are the others
 */
record Inspected(
        Look look,
        @Nullable CounterRates rates,
        ContainerEvents.@Nullable Difference container,
        @Nullable ProbeResult<ThreadDump> threads,
        @Nullable ProbeResult<ClassLoaderStatistics> classLoaders,
        @Nullable ProbeResult<NativeMemory> nativeMemory,
        @Nullable ProbeResult<StringTable> strings,
        @Nullable ProbeResult<StringTable> symbols,
        @Nullable ProbeResult<FinalizerQueue> finalizers) {

    /** Whether all that was asked was answered. */
    boolean complete() {
        return Stream.<@Nullable ProbeResult<?>>of(threads, classLoaders, nativeMemory, strings, symbols, finalizers)
                .filter(Objects::nonNull)
                .allMatch(Success.class::isInstance);
    }

    /** The answer; null when it was not asked or not answered. */
    static <T> @Nullable T answer(@Nullable ProbeResult<T> result) {
        return result instanceof Success<T>(T value) ? value : null;
    }
}
