package io.heapwarden.growth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of a detector, small enough to be kept with a report: at most {@value BucketFloors#KEPT} floors for each of up to 24 bucket
 * lengths and six series, and {@value ClassGrowth#CLASSES_KEPT} classes over {@value ClassGrowth#POINTS_KEPT} points. Times inside are in
 * milliseconds, -1 stands for "none".
 *
 * @param at time of the last sample taken in
 * @param firstAt time of the first sample
 * @param interval sampling interval it was made with; another interval starts anew
 * @param samples number of samples taken in
 * @param warm whether judging has begun
 * @param heapSource what the heap series is made of
 * @param state where the container stood
 * @param told the signal whose growth was told; null while none
 * @param evidence what spoke for it
 * @param gcLoad time spent in collections
 * @param memory the newest sizes of what has no series
 * @param series one entry for each series, in the order they are watched
 * @param classes what is kept of histograms
 */
public record DetectorCheckpoint(
        Instant at,
        @Nullable Instant firstAt,
        @Nullable Duration interval,
        long samples,
        boolean warm,
        HeapSource heapSource,
        State state,
        @Nullable Signal told,
        Evidence evidence,
        GcLoadState gcLoad,
        MemoryState memory,
        List<SeriesState> series,
        ClassesState classes) {

    public DetectorCheckpoint {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(heapSource, "heapSource");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(evidence, "evidence");
        Objects.requireNonNull(gcLoad, "gcLoad");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(classes, "classes");
        series = List.copyOf(series);
    }

    /**
     * One series.
     *
     * @param last newest value
     * @param base lowest value since judging began
     * @param baseAt when that was
     * @param risingAt when a bucket length last passed the test
     * @param top highest level that counted as a rise
     * @param topAt when that was
     * @param scales what is kept of each bucket length; empty when the series was never seen
     * @param survived what old collections left; null while none of this series was counted
     */
    public record SeriesState(
            long last,
            long base,
            long baseAt,
            long risingAt,
            long top,
            long topAt,
            List<Scale> scales,
            @Nullable Survived survived) {

        /** A series of which no value was seen. */
        static final SeriesState UNSEEN = new SeriesState(-1, -1, -1, -1, -1, -1, List.of(), null);

        public SeriesState {
            scales = List.copyOf(scales);
        }
    }

    /**
     * One bucket length.
     *
     * @param streak evaluations passed in a row
     * @param peak highest floor of growth that has not returned
     * @param highest highest floor since the last return
     * @param returnedFrom highest floor from which the floors of this length once came back
     * @param floors minima of the complete buckets, oldest first, and of the open one
     */
    public record Scale(int streak, long peak, long highest, long returnedFrom, List<Long> floors) {
        public Scale {
            floors = List.copyOf(floors);
            require(
                    floors.size() == BucketClock.RING && floors.stream().allMatch(DetectorCheckpoint::isLevel),
                    BucketClock.RING + " floors of each bucket length");
            require(isLevel(peak) && isLevel(highest) && isLevel(returnedFrom), "levels of each bucket length");
        }
    }

    /** The moving average of the time spent in collections: when and what was read last, the averages of share and rate, and how much of them is filled. */
    public record GcLoadState(
            long lastAt, double lastSeconds, long lastCount, double share, double rate, double known) {}

    /** Newest sizes in bytes, -1 where there was none: heap committed, metaspace, anonymous memory, and memory charged. */
    public record MemoryState(long committed, long metaspace, long anon, long charged) {}

    /** What old collections left. */
    public record Survived(
            int lastFull,
            int pendingUntil,
            long pendingFloor,
            long pendingFrom,
            long survived,
            long highest,
            long returnedFrom) {}

    /**
     * The histograms.
     *
     * @param live whether they count live objects only
     * @param histograms how many were taken in
     * @param times when the kept points were
     * @param totals bytes of all classes at each of them
     * @param baseline the first histogram; null before it
     */
    public record ClassesState(
            boolean live,
            int histograms,
            List<Long> times,
            List<Long> totals,
            @Nullable BaselineState baseline,
            List<ClassState> classes) {
        public ClassesState {
            times = List.copyOf(times);
            totals = List.copyOf(totals);
            classes = List.copyOf(classes);
            int points = times.size();
            require(points <= ClassGrowth.POINTS_KEPT, "at most " + ClassGrowth.POINTS_KEPT + " points of histograms");
            require(totals.size() == points, "a total for each point");
            require(classes.size() <= ClassGrowth.CLASSES_KEPT, "at most " + ClassGrowth.CLASSES_KEPT + " classes");
            require(
                    classes.stream().allMatch(c -> c.instances().size() == points),
                    "a count of each class at each point");
        }
    }

    /** The first histogram: hashes of names in rising order, instances, eighths of bytes, and the size of the smallest class kept. */
    public record BaselineState(List<Integer> hashes, List<Integer> instances, List<Integer> eighths, long cut) {
        public BaselineState {
            hashes = List.copyOf(hashes);
            instances = List.copyOf(instances);
            eighths = List.copyOf(eighths);
            require(
                    hashes.size() <= ClassBaseline.CLASSES,
                    "at most " + ClassBaseline.CLASSES + " classes at the base");
            require(
                    hashes.size() == instances.size() && hashes.size() == eighths.size(),
                    "instances and bytes of each class at the base");
        }
    }

    /** One class at the kept points, oldest first; -1 where it was not counted. */
    public record ClassState(String name, List<Long> instances, List<Long> bytes) {
        public ClassState {
            Objects.requireNonNull(name, "name");
            instances = List.copyOf(instances);
            bytes = List.copyOf(bytes);
            require(instances.size() == bytes.size(), "as many instance counts as sizes");
        }
    }

    private static boolean isLevel(long level) {
        return level >= BucketFloors.MISSING;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("checkpoint must hold " + what);
        }
    }
}
