package io.heapwarden.objective;

import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Signal;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads a signal out of a sample. Missing is empty, never zero. */
final class SignalValue {

    private SignalValue() {}

    static OptionalDouble of(Sample sample, Signal signal, @Nullable String className) {
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
            case ClassLoaders, AllocationRate, GcTime -> OptionalDouble.empty();
        };
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
