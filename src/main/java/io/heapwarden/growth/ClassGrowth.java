package io.heapwarden.growth;

import io.heapwarden.growth.Sample.HeapHistogram;
import io.heapwarden.jvm.ClassHistogram.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What class histograms say about growth. The first histogram of a suspicion is kept as a base; from the next on the {@value #OWN_CLASSES_KEPT}
 * classes of the application and the carriers that have gained most bytes since are followed, so that a leaking class is followed from the second
 * histogram on however small it is among thousands. Of the histograms {@value #POINTS_KEPT} points are kept; when they are full, older neighbours
 * become one point, the least of both, so that the points always reach back to the base. Histograms with and without garbage are never mixed: a
 * change of kind starts anew.
 */
final class ClassGrowth {

    static final int CLASSES_KEPT = 48;
    static final int OWN_CLASSES_KEPT = 32;
    static final int POINTS_KEPT = 12;

    /** The newest points stay as they are when older ones are joined. */
    static final int NEWEST_POINTS = 5;

    /** Longer names are not followed; they are generated, and would make the checkpoint large. */
    static final int LONGEST_NAME = 200;

    /** A list of fewer classes than this whose smallest is larger than {@link #LEAST_OF_A_WHOLE_LIST} was cut off at its end. */
    private static final int MOST_OF_A_CUT_LIST = 1500;

    private static final long LEAST_OF_A_WHOLE_LIST = 128;

    private static final long[] NO_POINTS = {};

    private List<ClassTrack> tracks = List.of();
    private long[] times = NO_POINTS;
    private long[] totals = NO_POINTS;
    private int points;
    private int histograms;
    private boolean live;
    private @Nullable ClassBaseline baseline;

    ClassGrowth() {}

    ClassGrowth(DetectorCheckpoint.ClassesState state) {
        live = state.live();
        histograms = state.histograms();
        points = state.times().size();
        makeRoom();
        for (int i = 0; i < points; i++) {
            times[i] = state.times().get(i);
            totals[i] = state.totals().get(i);
        }
        if (state.baseline() != null) {
            baseline = new ClassBaseline(state.baseline());
        }
        tracks = new ArrayList<>(state.classes().stream().map(ClassTrack::new).toList());
    }

    /** Most lives never have a histogram; they take no room for one. */
    private void makeRoom() {
        if (times.length == 0) {
            times = new long[POINTS_KEPT];
            totals = new long[POINTS_KEPT];
            tracks = new ArrayList<>();
        }
    }

    void observe(long at, HeapHistogram histogram) {
        if (histogram.live() != live) {
            clear();
            live = histogram.live();
        }
        makeRoom();
        List<Entry> classes = GeneratedNames.joined(histogram.classes());
        if (points == POINTS_KEPT) {
            joinOlderPoints();
        }
        times[points] = at;
        totals[points] = classes.stream().mapToLong(Entry::bytes).sum();
        ClassBaseline base = baseline;
        if (base == null) {
            baseline = ClassBaseline.of(classes);
        } else {
            follow(classes, base, points);
        }
        points++;
        histograms++;
    }

    private void follow(List<Entry> classes, ClassBaseline base, int point) {
        boolean whole = isWhole(classes);
        List<Entry> others = new ArrayList<>();
        Map<String, ClassTrack> followed = new HashMap<>();
        tracks.forEach(track -> followed.put(track.name(), track));
        for (Entry entry : classes) {
            ClassTrack track = followed.get(entry.className());
            if (track != null) {
                track.add(point, entry.instances(), entry.bytes());
            } else if (base.gained(entry) > 0 && entry.className().length() <= LONGEST_NAME) {
                others.add(entry);
            }
        }
        if (whole) {
            // A whole histogram leaves out only classes without an instance.
            tracks.stream()
                    .filter(track -> track.instancesAt(point) == ClassTrack.MISSING)
                    .forEach(track -> track.set(point, 0, 0));
        }
        tracks.removeIf(ClassTrack::isFlat);
        others.sort(Comparator.comparingLong(base::gained).reversed());
        take(others, base, point, false, OWN_CLASSES_KEPT);
        take(others, base, point, true, CLASSES_KEPT - OWN_CLASSES_KEPT);
    }

    /** Follows the classes that gained most, in free places and in those of classes that gained less. */
    private void take(List<Entry> others, ClassBaseline base, int point, boolean carriers, int places) {
        List<ClassTrack> followed = new ArrayList<>(tracks.stream()
                .filter(track -> Carriers.isCarrier(track.name()) == carriers)
                .sorted(Comparator.comparingLong(ClassTrack::bytesGained))
                .toList());
        int free = places - followed.size();
        int replaced = 0;
        for (Entry entry : others) {
            if (Carriers.isCarrier(entry.className()) != carriers) {
                continue;
            }
            if (free > 0) {
                free--;
            } else if (replaced < followed.size() && followed.get(replaced).bytesGained() < base.gained(entry)) {
                tracks.remove(followed.get(replaced++));
            } else {
                return;
            }
            begin(entry, base, point);
        }
    }

    private void begin(Entry entry, ClassBaseline base, int point) {
        ClassTrack track = new ClassTrack(entry.className());
        Entry then = base.get(entry.className());
        if (then != null) {
            track.set(0, then.instances(), then.bytes());
        }
        track.set(point, entry.instances(), entry.bytes());
        tracks.add(track);
    }

    private static boolean isWhole(List<Entry> classes) {
        return classes.size() > MOST_OF_A_CUT_LIST
                || classes.stream().mapToLong(Entry::bytes).min().orElse(0) <= LEAST_OF_A_WHOLE_LIST;
    }

    /** Keeps the base and the newest points, and makes one of each two between them. */
    private void joinOlderPoints() {
        int to = 1;
        for (int from = 1; from < POINTS_KEPT; to++) {
            int into = to;
            if (from + 1 < POINTS_KEPT - NEWEST_POINTS) {
                int first = from;
                tracks.forEach(track -> track.merge(into, first, first + 1));
                times[into] = times[first];
                totals[into] = Math.min(totals[first], totals[first + 1]);
                from += 2;
            } else {
                int moved = from;
                tracks.forEach(track -> track.move(moved, into));
                times[into] = times[moved];
                totals[into] = totals[moved];
                from++;
            }
        }
        points = to;
        tracks.forEach(track -> track.forget(points));
        Arrays.fill(times, points, POINTS_KEPT, 0);
        Arrays.fill(totals, points, POINTS_KEPT, 0);
    }

    /** Forgets everything: what grew has come back. */
    void clear() {
        tracks = List.of();
        times = NO_POINTS;
        totals = NO_POINTS;
        points = 0;
        histograms = 0;
        baseline = null;
    }

    boolean live() {
        return live;
    }

    /** Histograms taken in since the base. */
    int histograms() {
        return histograms;
    }

    /** Times of the kept points, in milliseconds; only the first {@link #points} hold one. */
    long[] times() {
        return times;
    }

    int points() {
        return points;
    }

    /** Growth of all classes together from the base to the newest histogram, a millisecond; 0 while it is not known. */
    double totalSlope() {
        return points < 2 ? 0 : (double) (totals[points - 1] - totals[0]) / (times[points - 1] - times[0]);
    }

    Collection<ClassTrack> tracks() {
        return tracks;
    }

    DetectorCheckpoint.ClassesState checkpoint() {
        ClassBaseline base = baseline;
        return new DetectorCheckpoint.ClassesState(
                live,
                histograms,
                Arrays.stream(times, 0, points).boxed().toList(),
                Arrays.stream(totals, 0, points).boxed().toList(),
                base == null ? null : base.checkpoint(),
                tracks.stream().map(track -> track.checkpoint(points)).toList());
    }
}
