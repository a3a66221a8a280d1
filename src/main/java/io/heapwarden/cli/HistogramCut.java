package io.heapwarden.cli;

import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.jvm.ClassHistogram.Entry;
import io.heapwarden.jvm.ClassNames;
import io.heapwarden.jvm.HistogramBuilder;
import io.heapwarden.jvm.MalformedOutputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps the largest classes of histograms, by bytes and by instances: small objects of a leak show in the second before the first. */
final class HistogramCut {

    private final int top;
    private final HistogramBuilder builder = new HistogramBuilder(new ClassNames());

    /** @param top how many of each kind to keep; 0 keeps all */
    HistogramCut(int top) {
        this.top = top;
    }

    ClassHistogram of(ClassHistogram whole) {
        if (top == 0 || whole.size() <= top) {
            return whole;
        }
        List<Entry> entries = new ArrayList<>(whole.size());
        whole.forEach(entries::add);
        Set<Entry> kept = new HashSet<>(entries.subList(0, top));
        entries.stream()
                .sorted(Comparator.comparingLong(Entry::instances).reversed())
                .limit(top)
                .forEach(kept::add);
        try {
            for (Entry entry : entries) {
                if (kept.contains(entry)) {
                    builder.add(entry.className(), entry.instances(), entry.bytes());
                }
            }
        } catch (MalformedOutputException e) {
            throw new IllegalStateException("a histogram that was read holds what cannot be read", e);
        }
        return builder.build();
    }
}
