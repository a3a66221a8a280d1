package io.heapwarden.growth;

import io.heapwarden.jvm.ClassHistogram.Entry;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first histogram of a suspicion, as a base to count growth from: of its largest classes a hash of the name, the instances and the bytes.
 * Twelve bytes a class; two names of one hash (1 in 4 million for {@value #CLASSES} classes) would only make one class be followed later.
 */
final class ClassBaseline {

    /** Classes kept, the largest by bytes. */
    static final int CLASSES = 512;

    /** Sizes of objects are multiples of this, so that bytes fit an integer up to 16 GiB a class; above that growth is still seen. */
    static final int OBJECT_ALIGNMENT = 8;

    private final int[] hashes;
    private final int[] instances;
    private final int[] eighths;
    private final long cut;

    private ClassBaseline(int[] hashes, int[] instances, int[] eighths, long cut) {
        this.hashes = hashes;
        this.instances = instances;
        this.eighths = eighths;
        this.cut = cut;
    }

    static ClassBaseline of(List<Entry> classes) {
        List<Entry> largest = classes.stream()
                .sorted(Comparator.comparingLong(Entry::bytes).reversed())
                .limit(CLASSES)
                .sorted(Comparator.comparingInt(e -> e.className().hashCode()))
                .toList();
        int size = largest.size();
        int[] hashes = new int[size];
        int[] instances = new int[size];
        int[] eighths = new int[size];
        for (int i = 0; i < size; i++) {
            Entry entry = largest.get(i);
            hashes[i] = entry.className().hashCode();
            instances[i] = clamp(entry.instances());
            eighths[i] = clamp(entry.bytes() / OBJECT_ALIGNMENT);
        }
        long cut = classes.size() <= CLASSES
                ? 0
                : largest.stream().mapToLong(Entry::bytes).min().orElse(0);
        return new ClassBaseline(hashes, instances, eighths, cut);
    }

    private static int clamp(long value) {
        return (int) Math.min(Integer.MAX_VALUE, value);
    }

    /** What the class had; null when it was too small to be kept. */
    @Nullable
    Entry get(String className) {
        int at = Arrays.binarySearch(hashes, className.hashCode());
        if (at >= 0) {
            return new Entry(className, instances[at], (long) eighths[at] * OBJECT_ALIGNMENT);
        }
        return cut == 0 ? new Entry(className, 0, 0) : null;
    }

    /** Bytes the class has gained since; a class too small to be kept is counted from the size of the smallest that was. */
    long gained(Entry now) {
        int at = Arrays.binarySearch(hashes, now.className().hashCode());
        return now.bytes() - (at >= 0 ? (long) eighths[at] * OBJECT_ALIGNMENT : cut);
    }

    ClassBaseline(DetectorCheckpoint.BaselineState state) {
        this(
                state.hashes().stream().mapToInt(Integer::intValue).toArray(),
                state.instances().stream().mapToInt(Integer::intValue).toArray(),
                state.eighths().stream().mapToInt(Integer::intValue).toArray(),
                state.cut());
    }

    DetectorCheckpoint.BaselineState checkpoint() {
        return new DetectorCheckpoint.BaselineState(
                Arrays.stream(hashes).boxed().toList(),
                Arrays.stream(instances).boxed().toList(),
                Arrays.stream(eighths).boxed().toList(),
                cut);
    }
}
