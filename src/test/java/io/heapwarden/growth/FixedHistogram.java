package io.heapwarden.growth;

import io.heapwarden.jvm.ClassHistogram;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** A histogram made of given entries. */
public record FixedHistogram(List<Entry> entries) implements ClassHistogram {

    public FixedHistogram {
        entries = entries.stream()
                .sorted(Comparator.comparingLong(Entry::bytes).reversed())
                .toList();
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public long totalInstances() {
        return entries.stream().mapToLong(Entry::instances).sum();
    }

    @Override
    public long totalBytes() {
        return entries.stream().mapToLong(Entry::bytes).sum();
    }

    @Override
    public void forEach(Consumer<Entry> visitor) {
        entries.forEach(visitor);
    }
}
