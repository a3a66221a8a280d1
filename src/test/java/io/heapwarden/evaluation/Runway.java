package io.heapwarden.evaluation;

import io.heapwarden.growth.Life;
import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a leak had gone at a moment, told with the knowledge of the whole recording. The floor at a moment is the lowest value of its series from then
 * on: what was there and never came back. Growth counts from the floor when the leak began, and the way ends at 95 % of the limit.
 */
final class Runway {

    private static final double USABLE_SHARE_OF_LIMIT = 0.95;

    private final List<Sample> samples;
    private final double[] floors;
    private final @Nullable Long limit;
    private final Instant from;
    private final @Nullable Instant exhaustedAt;

    Runway(Recording recording, Truth truth) {
        samples = recording.samples();
        Signal signal = truth.signal() == null ? Signal.HeapAfterGC : truth.signal();
        floors = floors(samples, signal);
        limit = limit(recording.life(), signal);
        Instant began = truth.leakFrom();
        from = began != null
                ? began
                : samples.isEmpty()
                        ? recording.life().startedAt()
                        : samples.getFirst().at();
        exhaustedAt = truth.exhaustedAt();
    }

    /** Share of the growth from base to usable limit that was there at a moment, 0 to 1; null where the series has no limit or no value. */
    @Nullable
    Double headroomUsed(Instant at) {
        Long known = limit;
        int here = index(at);
        int base = index(from);
        if (known == null || here < 0 || base < 0 || Double.isNaN(floors[base]) || Double.isNaN(floors[here])) {
            return null;
        }
        double way = USABLE_SHARE_OF_LIMIT * known - floors[base];
        return way <= 0 ? 1 : Math.clamp((floors[here] - floors[base]) / way, 0, 1);
    }

    /** Share of the time from the leak's beginning to exhaustion that was over at a moment; null if exhaustion was not recorded. */
    @Nullable
    Double timeUsed(Instant at) {
        if (exhaustedAt == null || !exhaustedAt.isAfter(from)) {
            return null;
        }
        double share = (double) Duration.between(from, at).toMillis()
                / Duration.between(from, exhaustedAt).toMillis();
        return Math.clamp(share, 0, 1);
    }

    /** The headroom used; where nothing limits the series, the time used stands in for it. */
    @Nullable
    Double used(Instant at) {
        Double headroom = headroomUsed(at);
        return headroom != null ? headroom : timeUsed(at);
    }

    /** The first moment at which half of the headroom was used; null if that never came. */
    @Nullable
    Instant halfUsedAt() {
        for (Sample sample : samples) {
            Double used = used(sample.at());
            if (used != null && used >= 0.5) {
                return sample.at();
            }
        }
        return null;
    }

    /** The last sample at or before a moment; the first one if none is. */
    private int index(Instant at) {
        int low = 0;
        int high = samples.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (samples.get(middle).at().isAfter(at)) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return samples.isEmpty() ? -1 : low;
    }

    private static double[] floors(List<Sample> samples, Signal signal) {
        boolean afterGc = samples.stream().anyMatch(s -> s.heapAfterGc() != null && s.heapAfterGc() > 0);
        double[] floors = new double[samples.size()];
        Arrays.fill(floors, Double.NaN);
        double lowest = Double.NaN;
        for (int i = floors.length - 1; i >= 0; i--) {
            Long value = value(samples.get(i), signal, afterGc);
            if (value != null && value > 0) {
                lowest = Double.isNaN(lowest) ? value : Math.min(lowest, value);
            }
            floors[i] = lowest;
        }
        return floors;
    }

    private static @Nullable Long value(Sample sample, Signal signal, boolean afterGc) {
        return switch (signal) {
            case Metaspace -> sample.metaspace();
            case Classes, ClassLoaders -> difference(sample.classesLoaded(), sample.classesUnloaded());
            case Threads -> sample.threads();
            case DirectBuffers -> sample.direct();
            case ContainerAnon, NativeGap -> sample.anon() != null ? sample.anon() : sample.rss();
            case HeapAfterGC, ClassBytes, ClassInstances, AllocationRate, GcTime ->
                afterGc ? sample.heapAfterGc() : sample.heapUsed();
        };
    }

    private static @Nullable Long difference(@Nullable Long loaded, @Nullable Long unloaded) {
        return loaded == null ? null : Long.valueOf(loaded - (unloaded == null ? 0 : unloaded));
    }

    private static @Nullable Long limit(Life life, Signal signal) {
        return switch (signal) {
            case Metaspace -> life.maxMetaspace();
            case Threads -> life.maxThreads();
            case DirectBuffers -> life.maxDirect() != null ? life.maxDirect() : life.maxHeap();
            case ContainerAnon, NativeGap -> life.containerLimit();
            case Classes, ClassLoaders -> null;
            case HeapAfterGC, ClassBytes, ClassInstances, AllocationRate, GcTime -> life.maxHeap();
        };
    }
}
