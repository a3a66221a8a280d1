package io.heapwarden.objective;

import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Reads a signal out of a sample. Missing is empty, never zero.
 *
 * @param before when the sample before it was taken; null for the first
 * @param gcSecondsBefore time spent in collections until then; null when it is not known
 */
record SignalValue(@Nullable Instant before, @Nullable Double gcSecondsBefore) {

    OptionalDouble of(Sample sample, Signal signal, @Nullable String className) {
        return switch (signal) {
            // Where nothing says what is in use after a collection, the floor of what is in use comes close to it.
            case HeapAfterGC -> known(sample.heapAfterGc() != null ? sample.heapAfterGc() : sample.heapUsed());
            case Metaspace -> known(sample.metaspace());
            case Classes ->
                sample.classesLoaded() == null || sample.classesUnloaded() == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(sample.classesLoaded() - sample.classesUnloaded());
            case Threads -> known(sample.threads());
            case DirectBuffers -> known(sample.direct());
            case ContainerAnon -> known(sample.anon());
            case NativeGap -> nativeGap(sample);
            case ClassInstances -> ofClass(sample, className, true);
            case ClassBytes -> ofClass(sample, className, false);
            case GcTime -> gcTime(sample);
            // No counter of a sample holds them; a policy that names one is told so.
            case ClassLoaders, AllocationRate -> OptionalDouble.empty();
        };
    }

    /** Share of the time since the sample before, 0 to 1. A counter that went back is of another JVM. */
    private OptionalDouble gcTime(Sample sample) {
        if (before == null
                || gcSecondsBefore == null
                || sample.gc() == null
                || sample.gc().seconds() < gcSecondsBefore) {
            return OptionalDouble.empty();
        }
        double passed = Duration.between(before, sample.at()).toMillis() / 1e3;
        return passed <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((sample.gc().seconds() - gcSecondsBefore) / passed);
    }

    private static OptionalDouble nativeGap(Sample sample) {
        return sample.anon() == null || sample.heapCommitted() == null || sample.metaspace() == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(sample.anon() - sample.heapCommitted() - sample.metaspace());
    }

    private static OptionalDouble ofClass(Sample sample, @Nullable String className, boolean instances) {
        Sample.HeapHistogram histogram = sample.histogram();
        if (histogram == null || className == null) {
            return OptionalDouble.empty();
        }
        double[] sum = {Double.NaN};
        histogram.classes().forEach(entry -> {
            if (entry.className().equals(className)) {
                sum[0] = instances ? entry.instances() : entry.bytes();
            }
        });
        return Double.isNaN(sum[0]) ? OptionalDouble.empty() : OptionalDouble.of(sum[0]);
    }

    private static OptionalDouble known(@Nullable Long value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
