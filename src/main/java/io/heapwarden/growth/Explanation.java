package io.heapwarden.growth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which classes explain the growth of the heap.
 *
 * @param culprits the likeliest first, at most {@value #MOST_CULPRITS}
 * @param share share of the heap's growth that rising classes explain, 0 to 1
 * @param steps steps between histograms over which the first culprit rose
 * @param ownClass whether the first culprit is a class of the application that rose at every step, evenly
 */
record Explanation(List<Culprit> culprits, double share, int steps, boolean ownClass) {

    static final int MOST_CULPRITS = 5;

    /** Classes of one leaked unit rise by the same count; these are the bounds of "the same". */
    static final double SAME_UNIT_LEAST = 0.8;

    static final double SAME_UNIT_MOST = 1.25;

    /** Carriers are counted with garbage among them, so their bounds are wider. */
    static final double HOLDER_LEAST = 0.6;

    static final double HOLDER_MOST = 1.7;

    /** An array of a class is named only when the class itself is far smaller. */
    static final double WEIGHT_OF_ARRAYS = 0.3;

    private static final double HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private record Rising(ClassTrack track, double instances, double bytes) {
        double weight() {
            return Carriers.isArray(track.name()) ? WEIGHT_OF_ARRAYS * bytes : bytes;
        }
    }

    /**
     * @param heapSlope growth of the heap's floor a millisecond; 0 or less when not known
     */
    static Explanation of(ClassGrowth growth, double heapSlope) {
        List<Rising> own = new ArrayList<>();
        List<Rising> carriers = new ArrayList<>();
        for (ClassTrack track : growth.tracks()) {
            boolean carrier = Carriers.isCarrier(track.name());
            if (carrier ? track.bytesGrow() : track.rises()) {
                Rising rising = new Rising(track, track.instanceSlope(growth.times()), track.byteSlope(growth.times()));
                if (rising.instances() > 0 || rising.bytes() > 0) {
                    (carrier ? carriers : own).add(rising);
                }
            }
        }
        double ownBytes = own.stream().mapToDouble(Rising::bytes).sum();
        double carriedBytes = carriers.stream().mapToDouble(Rising::bytes).sum();
        double all = heapSlope > 0 ? heapSlope : ownBytes + carriedBytes;
        if (all <= 0) {
            return new Explanation(List.of(), 0, 0, false);
        }
        double share = Math.clamp((ownBytes + carriedBytes) / all, 0, 1);
        if (own.isEmpty()) {
            return new Explanation(carriersOnly(carriers, all), share, stepsOf(carriers), false);
        }
        List<Rising> unit = unitOfMostBytes(own);
        List<Culprit> culprits = new ArrayList<>();
        double unitBytes = unit.stream().mapToDouble(Rising::bytes).sum() + carriedBytes;
        Rising first = unit.getFirst();
        culprits.add(culprit(first, holder(first, carriers), unitBytes, all));
        own.remove(first);
        own.sort(Comparator.comparingDouble(Rising::weight).reversed());
        own.stream().limit(MOST_CULPRITS - 1).forEach(r -> culprits.add(culprit(r, null, r.bytes(), all)));
        return new Explanation(
                culprits, share, first.track().points() - 1, first.track().risesEvenly(growth.times()));
    }

    /** The classes that rise by about the same count, of all such groups the one of most bytes; the one of most bytes in it first. */
    private static List<Rising> unitOfMostBytes(List<Rising> own) {
        List<Rising> best = List.of();
        double most = Double.NEGATIVE_INFINITY;
        for (Rising center : own) {
            List<Rising> group = own.stream()
                    .filter(r -> within(r.instances() / center.instances(), SAME_UNIT_LEAST, SAME_UNIT_MOST))
                    .sorted(Comparator.comparingDouble(Rising::weight).reversed())
                    .toList();
            double bytes = group.stream().mapToDouble(Rising::weight).sum();
            if (!group.isEmpty() && bytes > most) {
                most = bytes;
                best = group;
            }
        }
        return best.isEmpty() ? List.of(own.getFirst()) : best;
    }

    private static @Nullable String holder(Rising culprit, List<Rising> carriers) {
        for (Rising carrier : carriers) {
            String container = Carriers.containerOf(carrier.track().name());
            if (container != null && within(carrier.instances() / culprit.instances(), HOLDER_LEAST, HOLDER_MOST)) {
                return container;
            }
        }
        return null;
    }

    private static List<Culprit> carriersOnly(List<Rising> carriers, double all) {
        return carriers.stream()
                .sorted(Comparator.comparingDouble(Rising::bytes).reversed())
                .limit(MOST_CULPRITS)
                .map(r -> culprit(r, Carriers.containerOf(r.track().name()), r.bytes(), all))
                .toList();
    }

    private static int stepsOf(List<Rising> carriers) {
        return carriers.stream().mapToInt(r -> r.track().points() - 1).max().orElse(0);
    }

    private static Culprit culprit(Rising rising, @Nullable String heldBy, double bytes, double all) {
        return new Culprit(
                rising.track().name(),
                heldBy,
                rising.instances() * HOUR_MILLIS,
                bytes * HOUR_MILLIS,
                Math.clamp(bytes / all, 0, 1));
    }

    private static boolean within(double ratio, double least, double most) {
        return ratio >= least && ratio <= most;
    }
}
