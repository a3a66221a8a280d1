package io.heapwarden.objective;

import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Sample.HeapHistogram;
import io.heapwarden.jvm.ClassHistogram;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Samples as a steady JVM of 256 MiB gives them, with what a test is about put in. */
public final class Samples {

    private Samples() {}

    /** A sample with this much heap in use after the last collection. */
    public static Sample heap(Instant at, long afterGc) {
        return Sample.at(at)
                .heapUsed(afterGc + (8L << 20))
                .heapAfterGc(afterGc)
                .heapCommitted(256L << 20)
                .metaspace(40L << 20)
                .classesLoaded(5_000L)
                .classesUnloaded(0L)
                .threads(20L)
                .rss(400L << 20)
                .anon(380L << 20)
                .cpuSeconds(1.0)
                .gc(new Sample.GcCount(Math.floorDiv(at.getEpochSecond(), 10), 0, 0.1))
                .build();
    }

    /** A sample that brought nothing but its time. */
    public static Sample nothing(Instant at) {
        return Sample.at(at).build();
    }

    /** A histogram of these classes. */
    public static HeapHistogram histogram(List<ClassHistogram.Entry> classes) {
        return new HeapHistogram(false, new Table(classes));
    }

    public static HeapHistogram histogram(ClassHistogram.Entry... classes) {
        return histogram(List.of(classes));
    }

    private record Table(List<Entry> classes) implements ClassHistogram {

        Table {
            classes = classes.stream()
                    .sorted(Comparator.comparingLong(Entry::bytes).reversed())
                    .toList();
        }

        @Override
        public int size() {
            return classes.size();
        }

        @Override
        public long totalInstances() {
            return classes.stream().mapToLong(Entry::instances).sum();
        }

        @Override
        public long totalBytes() {
            return classes.stream().mapToLong(Entry::bytes).sum();
        }

        @Override
        public void forEach(Consumer<Entry> visitor) {
            classes.forEach(visitor);
        }
    }
}
