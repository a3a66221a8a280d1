package io.heapwarden.operator;

import io.heapwarden.growth.State;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a container is left alone between two samples: a policy's interval, and a multiple of it when it has been calm for long. What is
 * suspected is looked at as often as the policy allows. A multiple of {@value #LONGEST_STRETCH} is still no gap to an objective.
 */
final class SamplingPace {

    static final int LONGEST_STRETCH = 4;

    /** Healthy for this long, and over as many samples: every second turn. */
    static final Duration CALM = Duration.ofHours(2);

    static final int CALM_SAMPLES = 120;

    /** Healthy for this long: every fourth turn. */
    static final Duration VERY_CALM = Duration.ofHours(12);

    /** No container is left alone for longer for being calm. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private SamplingPace() {}

    /**
     * The time from one sample to the next.
     *
     * @param interval the policy's
     * @param state where the container stands
     * @param since since when
     * @param samples taken in this life
     */
    static Duration distance(Duration interval, State state, Instant since, long samples, Instant now) {
        Duration stretched = interval.multipliedBy(stretch(state, Duration.between(since, now), samples));
        if (stretched.compareTo(LONGEST) <= 0) {
            return stretched;
        }
        return interval.compareTo(LONGEST) < 0 ? LONGEST : interval;
    }

    private static int stretch(State state, Duration calm, long samples) {
        if (state != State.Healthy || samples < CALM_SAMPLES || calm.compareTo(CALM) < 0) {
            return 1;
        }
        return calm.compareTo(VERY_CALM) < 0 ? 2 : LONGEST_STRETCH;
    }
}
