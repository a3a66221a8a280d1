package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.State;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SamplingPaceTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void leavesTheCalmAloneForLonger() {
        assertThat(healthy(MINUTE, Duration.ofMinutes(119), 119)).isEqualTo(MINUTE);
        assertThat(healthy(MINUTE, SamplingPace.CALM, 120)).isEqualTo(Duration.ofMinutes(2));
        assertThat(healthy(MINUTE, SamplingPace.VERY_CALM, 400)).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void neverForLongerThanFiveMinutesUnlessThePolicySaysSo() {
        assertThat(healthy(Duration.ofMinutes(3), SamplingPace.VERY_CALM, 400)).isEqualTo(SamplingPace.LONGEST);
        assertThat(healthy(Duration.ofMinutes(30), SamplingPace.VERY_CALM, 400)).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void looksAtTheSuspectAsOftenAsItMay() {
        for (State state : State.values()) {
            if (state != State.Healthy) {
                assertThat(SamplingPace.distance(MINUTE, state, NOW.minus(Duration.ofDays(1)), 1000, NOW))
                        .isEqualTo(MINUTE);
            }
        }
    }

    @Test
    void aCalmContainerIsAskedLessAndASuspectAgainAtEveryTurn() {
        Followed followed = new Followed();
        followed.turns(130);
        int before = followed.probe.askedForCounters.size();

        followed.turns(40);
        assertThat(followed.probe.askedForCounters.size() - before)
                .as("every second turn")
                .isEqualTo(20);

        followed.probe.growing(1 << 20);
        followed.turns(60);
        before = followed.probe.askedForCounters.size();
        followed.turns(10);
        assertThat(followed.probe.askedForCounters.size() - before).isEqualTo(10);
    }

    private static Duration healthy(Duration interval, Duration calm, long samples) {
        return SamplingPace.distance(interval, State.Healthy, NOW.minus(calm), samples, NOW);
    }
}
