package io.heapwarden.security.jvm;

import io.heapwarden.security.Observation;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the checks judge by.
 *
 * @param facts what is so now
 * @param before what was so at an earlier look; null at the first one
 * @param expected what is meant to be so
 * @param vulnerable classes of the last histogram that should not have instances
 * @param baseline which versions of Java have the fixes that are known
 * @param at when this is
 */
public record JvmLook(
        JvmFacts facts,
        @Nullable JvmFacts before,
        PodExpectations expected,
        List<VulnerableClasses.Vulnerable> vulnerable,
        JdkBaseline baseline,
        Instant at) {

    /** A first look, without a histogram, by the baseline of this release. */
    public static JvmLook first(JvmFacts facts, PodExpectations expected, Instant at) {
        return new JvmLook(facts, null, expected, List.of(), JdkBaseline.shipped(), at);
    }

    /** The same, when an earlier look saw other facts. Those of another life are forgotten. */
    public JvmLook after(@Nullable JvmFacts earlier) {
        JvmFacts same = earlier != null && earlier.sameLife(facts) ? earlier : null;
        return new JvmLook(facts, same, expected, vulnerable, baseline, at);
    }

    /** The same, with what the last histogram had. */
    public JvmLook with(List<VulnerableClasses.Vulnerable> found) {
        return new JvmLook(facts, before, expected, List.copyOf(found), baseline, at);
    }

    /** Everything that the checks find, as a standing source says it. */
    public List<Observation> observations(String container) {
        return Arrays.stream(JvmCheck.values())
                .flatMap(check -> check.observe(this, container).stream())
                .toList();
    }
}
