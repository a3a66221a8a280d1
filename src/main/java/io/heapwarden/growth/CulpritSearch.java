package io.heapwarden.growth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the leaked unit in the classes that rise: classes whose counts rise by the same number are parts of one unit, and a container whose
 * entries rise by that number too holds it. Of the unit the class of most bytes is named, which is the whole far more often than one of its parts.
 * Counts are compared rather than bytes, since counts have hardly any noise and arrays jump when tables double (Jump and McKinley, Cork, POPL 2007,
 * rank by bytes and need the heap's edges for the rest).
 */
final class CulpritSearch {

    static final int MOST_CULPRITS = 5;

    /** Classes of one leaked unit rise by the same count; these are the bounds of "the same". */
    static final double SAME_UNIT_LEAST = 0.8;

    static final double SAME_UNIT_MOST = 1.25;

    /** Carriers are counted with garbage among them, so their bounds are wider. */
    static final double HOLDER_LEAST = 0.6;

    static final double HOLDER_MOST = 1.7;

    /** A unit whose container is seen is preferred to one without unless that has this many times its bytes. */
    static final double WEIGHT_OF_A_SEEN_CONTAINER = 4;

    /** A class of the application explains something when it has this share of the growth itself … */
    static final double LEAST_OWN_SHARE = 0.01;

    /** … whether evenly or not from this share on, … */
    static final double SURE_OWN_SHARE = 0.10;

    /** … or when a carrier of this share of the growth rises along with it, … */
    static final double LEAST_CARRIED_SHARE = 0.10;

    /** … up to so many of the carrier for each of the class. */
    static final double MOST_CARRIED_EACH = 64;

    /** Bytes of a reference in an array of kept objects: 4 or 8, and half more for the room a list keeps. */
    private static final double LEAST_REFERENCE = 3;

    private static final double MOST_REFERENCE = 16;

    /** So many instances need an array that can be seen to grow, by at least these bytes for each. */
    private static final long MANY_UNITS = 4000;

    private static final double LEAST_SLOT = 2;
    private static final double HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private final ClassGrowth growth;
    private final List<Rising> own = new ArrayList<>();
    private final List<Rising> telling = new ArrayList<>();
    private final List<Rising> pure = new ArrayList<>();
    private final double all;
    private final double seen;

    /** @param heapSlope growth of the heap's floor a millisecond; 0 or less when not known */
    CulpritSearch(ClassGrowth growth, double heapSlope) {
        this.growth = growth;
        for (ClassTrack track : growth.tracks()) {
            sort(track);
        }
        seen = sum(own) + sum(telling) + sum(pure);
        double known = growth.live() && growth.totalSlope() > 0 ? growth.totalSlope() : heapSlope;
        all = known > 0 ? known : seen;
    }

    private void sort(ClassTrack track) {
        boolean carrier = Carriers.isCarrier(track.name());
        boolean isPure = Carriers.isPure(track.name());
        if (isPure ? !track.bytesGrow() : !track.rises()) {
            return;
        }
        Rising rising = Rising.of(track, growth);
        if (rising.instances() > 0 || rising.bytes() > 0) {
            (isPure ? pure : carrier ? telling : own).add(rising);
        }
    }

    Explanation explain() {
        if (all <= 0) {
            return Explanation.NONE;
        }
        own.removeIf(rising -> !explainsSomething(rising));
        double share = Math.clamp(seen / all, 0, 1);
        List<Rising> named = own.isEmpty() ? telling : own;
        named.removeIf(rising -> own.isEmpty() && !explainsSomething(rising));
        if (named.isEmpty()) {
            return new Explanation(
                    carriersOnly(), share, steps(pure), false, false, false, 0, 0, cause(pure), false, buffersRise());
        }
        List<Rising> unit = mostLikelyUnit(named);
        Rising first = unit.getFirst();
        List<Culprit> culprits = new ArrayList<>();
        double unitBytes = sum(unit) + sum(telling) + sum(pure);
        culprits.add(culprit(first, holder(first).orElse(null), unitBytes));
        following(named, unit).forEach(r -> culprits.add(culprit(r, null, r.bytes())));
        ClassTrack track = first.track();
        boolean evenly = !own.isEmpty() && track.risesEvenly(growth.times());
        return new Explanation(
                culprits,
                share,
                track.points() - 1,
                evenly,
                !own.isEmpty() && track.risesSteadily(growth.times()),
                !own.isEmpty() && track.risesWell(growth.times()),
                track.since(growth.times()),
                track.until(growth.times()),
                cause(unit),
                inSlots(unit),
                buffersRise());
    }

    /** The rest of the unit, then other classes that rise, and what else of the JDK tells something. */
    private List<Rising> following(List<Rising> named, List<Rising> unit) {
        List<Rising> rest = new ArrayList<>(unit.subList(1, unit.size()));
        named.stream()
                .filter(rising -> !unit.contains(rising))
                .sorted(Comparator.comparingDouble(Rising::weight).reversed())
                .forEach(rest::add);
        if (!own.isEmpty()) {
            telling.stream()
                    .filter(rising -> Carriers.containerOf(rising.name()) == null)
                    .sorted(Comparator.comparingDouble(Rising::weight).reversed())
                    .forEach(rest::add);
        }
        return rest.subList(0, Math.min(rest.size(), MOST_CULPRITS - 1));
    }

    private boolean explainsSomething(Rising rising) {
        return rising.bytes() >= LEAST_OWN_SHARE * all && rising.track().risesWell(growth.times())
                || rising.bytes() >= SURE_OWN_SHARE * all
                || rising.track().risesWell(growth.times())
                        && carriers().stream()
                                .anyMatch(carrier -> carrier.bytes() >= LEAST_CARRIED_SHARE * all
                                        && carrier.perWithin(rising, SAME_UNIT_LEAST / 2, MOST_CARRIED_EACH));
    }

    /** The classes that rise by about the same count, of all such groups the one of most bytes; the one of most bytes in it first. */
    private List<Rising> mostLikelyUnit(List<Rising> named) {
        List<Rising> best = List.of();
        double most = Double.NEGATIVE_INFINITY;
        for (Rising center : named) {
            List<Rising> unit = named.stream()
                    .filter(rising -> rising.perWithin(center, SAME_UNIT_LEAST, SAME_UNIT_MOST))
                    .sorted(Comparator.comparingDouble(Rising::weight).reversed())
                    .toList();
            double weight = unit.stream().mapToDouble(Rising::weight).sum()
                    * (entries(center).isPresent() ? WEIGHT_OF_A_SEEN_CONTAINER : 1);
            if (!unit.isEmpty() && weight > most) {
                most = weight;
                best = unit;
            }
        }
        return best.isEmpty() ? List.of(named.getFirst()) : best;
    }

    /** The entries of a container that rise by the count of the class. */
    private Optional<Rising> entries(Rising rising) {
        return carriers().stream()
                .filter(carrier -> Carriers.containerOf(carrier.name()) != null)
                .filter(carrier -> carrier.perWithin(rising, HOLDER_LEAST, HOLDER_MOST))
                .min(Comparator.comparingDouble(carrier -> Math.abs(Math.log(carrier.per(rising)))));
    }

    /** What holds it: the container of such entries, or a list when one array grows by a reference for each. */
    private Optional<String> holder(Rising rising) {
        Optional<String> container = entries(rising).map(entries -> Carriers.containerOf(entries.name()));
        if (container.isPresent()) {
            return container;
        }
        return pure.stream()
                .filter(carrier -> carrier.name().equals("java.lang.Object[]"))
                .filter(carrier -> carrier.per(rising) < SAME_UNIT_LEAST / 2)
                .filter(carrier -> carrier.bytes() >= LEAST_REFERENCE * rising.instances()
                        && carrier.bytes() <= MOST_REFERENCE * rising.instances())
                .findFirst()
                .map(carrier -> "java.util.ArrayList");
    }

    private boolean inSlots(List<Rising> unit) {
        long units = unit.getFirst().track().instancesGained();
        return units >= MANY_UNITS
                && entries(unit.getFirst()).isEmpty()
                && unit.stream().noneMatch(rising -> Carriers.isPart(rising.name()))
                && growth.tracks().stream()
                        .filter(track -> Carriers.isArray(track.name()) && !Carriers.isPrimitiveArray(track.name()))
                        .noneMatch(track -> track.bytesGained() >= LEAST_SLOT * units);
    }

    /** What the classes of the unit say of the kind of leak. */
    private @Nullable Verdict cause(List<Rising> unit) {
        if (unit.isEmpty()) {
            return null;
        }
        Rising first = unit.getFirst();
        if (rises("java.lang.VirtualThread", first) || rises("java.lang.Thread", first)) {
            return Verdict.ThreadLeak;
        }
        if (unit.stream().anyMatch(rising -> rising.name().endsWith("ClassLoader"))
                && rises("java.lang.Class", first)) {
            return Verdict.ClassLoaderLeak;
        }
        return null;
    }

    private boolean buffersRise() {
        return telling.stream().anyMatch(rising -> rising.name().equals("java.nio.DirectByteBuffer"));
    }

    private boolean rises(String className, Rising first) {
        return telling.stream()
                .anyMatch(rising -> rising.name().equals(className) && rising.per(first) >= SAME_UNIT_LEAST / 2);
    }

    private List<Culprit> carriersOnly() {
        return pure.stream()
                .sorted(Comparator.comparingDouble(Rising::bytes).reversed())
                .limit(MOST_CULPRITS)
                .map(r -> culprit(r, holder(r).orElse(null), r.bytes()))
                .toList();
    }

    private static int steps(List<Rising> rising) {
        return rising.stream().mapToInt(r -> r.track().points() - 1).max().orElse(0);
    }

    private List<Rising> carriers() {
        List<Rising> carriers = new ArrayList<>(telling);
        carriers.addAll(pure);
        return carriers;
    }

    private Culprit culprit(Rising rising, @Nullable String heldBy, double bytes) {
        return new Culprit(
                rising.name(),
                heldBy,
                rising.instances() * HOUR_MILLIS,
                bytes * HOUR_MILLIS,
                Math.clamp(bytes / all, 0, 1));
    }

    private static double sum(List<Rising> rising) {
        return rising.stream().mapToDouble(Rising::bytes).sum();
    }
}
