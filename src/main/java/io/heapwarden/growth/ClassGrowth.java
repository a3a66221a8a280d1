package io.heapwarden.growth;

import io.heapwarden.growth.Sample.HeapHistogram;
import io.heapwarden.jvm.ClassHistogram.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What class histograms say about growth. The {@value #OWN_CLASSES_KEPT} largest classes of the application and the largest carriers are
 * followed over the last {@value #HISTOGRAMS_KEPT} histograms; places of classes that do not grow go to the next largest ones, so that a small
 * leaking class is come across after a few histograms. Histograms with and without garbage are never mixed: a change of kind starts anew.
 */
final class ClassGrowth {

    static final int CLASSES_KEPT = 40;
    static final int OWN_CLASSES_KEPT = 28;
    static final int HISTOGRAMS_KEPT = 8;

    /** Longer names are not followed; they are generated, and would make the checkpoint large. */
    static final int LONGEST_NAME = 200;

    private final Map<String, ClassTrack> tracks = new LinkedHashMap<>();
    private final List<Long> times = new ArrayList<>();
    private boolean live;
    private int cursor;

    ClassGrowth() {}

    ClassGrowth(DetectorCheckpoint.ClassesState state) {
        live = state.live();
        cursor = state.cursor();
        times.addAll(state.times());
        state.classes().forEach(c -> tracks.put(c.name(), new ClassTrack(c.name(), c.instances(), c.bytes())));
    }

    void observe(long at, HeapHistogram histogram) {
        if (histogram.live() != live) {
            clear();
            live = histogram.live();
        }
        times.add(at);
        if (times.size() > HISTOGRAMS_KEPT) {
            times.removeFirst();
        }
        Map<String, Entry> followed = new HashMap<>();
        List<Entry> own = new ArrayList<>();
        List<Entry> carriers = new ArrayList<>();
        histogram.classes().forEach(entry -> {
            if (tracks.containsKey(entry.className())) {
                followed.put(entry.className(), entry);
            } else if (entry.className().length() <= LONGEST_NAME && !Carriers.isFiller(entry.className())) {
                (Carriers.isCarrier(entry.className()) ? carriers : own).add(entry);
            }
        });
        for (ClassTrack track : tracks.values()) {
            // A histogram is complete: a class that is not in it has no instance.
            Entry entry = followed.getOrDefault(track.name(), new Entry(track.name(), 0, 0));
            track.add(entry.instances(), entry.bytes());
        }
        tracks.values().removeIf(ClassTrack::isFlat);
        fill(own, carriers);
    }

    private void fill(List<Entry> own, List<Entry> carriers) {
        long ownFollowed = tracks.keySet().stream()
                .filter(name -> !Carriers.isCarrier(name))
                .count();
        long freeForOwn = OWN_CLASSES_KEPT - ownFollowed;
        int tried = 0;
        for (; freeForOwn > 0 && tried < own.size(); freeForOwn--, tried++) {
            follow(own.get((cursor + tried) % own.size()));
        }
        cursor = tried == own.size() ? 0 : (cursor + tried) % own.size();
        carriers.stream().limit(CLASSES_KEPT - tracks.size()).forEach(this::follow);
    }

    private void follow(Entry entry) {
        ClassTrack track = new ClassTrack(entry.className());
        track.add(entry.instances(), entry.bytes());
        tracks.put(entry.className(), track);
    }

    /** Forgets everything: what grew has come back. */
    void clear() {
        tracks.clear();
        times.clear();
        cursor = 0;
    }

    boolean live() {
        return live;
    }

    int histograms() {
        return times.size();
    }

    List<Long> times() {
        return times;
    }

    Collection<ClassTrack> tracks() {
        return tracks.values();
    }

    DetectorCheckpoint.ClassesState checkpoint() {
        return new DetectorCheckpoint.ClassesState(
                live,
                cursor,
                times,
                tracks.values().stream().map(ClassTrack::checkpoint).toList());
    }
}
