package io.heapwarden.operator;

import io.heapwarden.growth.Signal;
import java.util.Locale;

/** In what a signal is counted. */
public enum SignalUnit {
    BYTES,
    COUNT,
    SHARE;

    public static SignalUnit of(Signal signal) {
        return switch (signal) {
            case HeapAfterGC, Metaspace, DirectBuffers, ContainerAnon, NativeGap, ClassBytes, AllocationRate -> BYTES;
            case Classes, ClassLoaders, Threads, ClassInstances -> COUNT;
            case GcTime -> SHARE;
        };
    }

    public String write(double value) {
        return switch (this) {
            case BYTES -> Phrases.bytes(value);
            case COUNT -> String.format(Locale.ROOT, "%.0f", value);
            case SHARE -> Phrases.percent(value);
        };
    }
}
