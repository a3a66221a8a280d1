package io.heapwarden.growth;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What earlier lives and the other pods of a workload teach about a life: how high a floor may stand without being a leak, what leaked
 * before, and whether the others grow alike.
 *
 * @param healthyPlateaus highest floor of each signal in lives that ended well or have stood there for long, in the signal's own unit
 * @param leakedBefore signals in which an earlier life of the workload was confirmed as leaking or ran out
 * @param culpritsBefore classes that were named for it
 * @param siblings how the other pods of this workload stand; null when there are fewer than three that can be compared
 * @param regression growth that is new with this revision; null when there is none, or nothing to compare it with
 */
public record WorkloadKnowledge(
        Map<Signal, Double> healthyPlateaus,
        Set<Signal> leakedBefore,
        Set<String> culpritsBefore,
        @Nullable Siblings siblings,
        @Nullable Regression regression) {

    /** Nothing is known: the first life of a workload. */
    public static final WorkloadKnowledge NONE = new WorkloadKnowledge(Map.of(), Set.of(), Set.of(), null, null);

    public WorkloadKnowledge {
        healthyPlateaus = Map.copyOf(healthyPlateaus);
        leakedBefore = Set.copyOf(leakedBefore);
        culpritsBefore = Set.copyOf(culpritsBefore);
    }

    /**
     * The other pods of the same workload and revision.
     *
     * @param judged how many of like age have been judged
     * @param risingAlike in how many of them the same signal, or the same class where one is known, rises for good
     */
    public record Siblings(int judged, int risingAlike) {}

    /**
     * A revision that grows more than the one before it at the same age.
     *
     * @param signal what grows
     * @param revision image digest or pod-template-hash of this life
     * @param previous the revision it is compared with
     * @param age at which both are compared
     * @param growth growth of the floor of this life until then
     * @param previousGrowth growth of the floor of the previous revision's lives until then, the most of them
     */
    public record Regression(
            Signal signal, String revision, String previous, Duration age, double growth, double previousGrowth) {}
}
