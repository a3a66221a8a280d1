package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    private static final Clock EARLIER = clockAt("2026-03-01T10:00:00Z");
    private static final Clock LATER = clockAt("2026-03-01T11:00:00Z");

    @Test
    void theTransitionTimeStaysWhileTheStatusStays() {
        List<Condition> before =
                new Conditions(null, 1L, EARLIER).isTrue("Ready", "A", "a").list();

        List<Condition> after =
                new Conditions(before, 2L, LATER).isTrue("Ready", "B", "b").list();

        assertThat(after).singleElement().satisfies(condition -> {
            assertThat(condition.getLastTransitionTime()).isEqualTo("2026-03-01T10:00:00Z");
            assertThat(condition.getReason()).isEqualTo("B");
            assertThat(condition.getObservedGeneration()).isEqualTo(2L);
        });
    }

    @Test
    void theTransitionTimeMovesWithTheStatus() {
        List<Condition> before =
                new Conditions(null, 1L, EARLIER).isTrue("Ready", "A", "a").list();

        List<Condition> after =
                new Conditions(before, 1L, LATER).isFalse("Ready", "A", "a").list();

        assertThat(after)
                .singleElement()
                .extracting(Condition::getLastTransitionTime)
                .isEqualTo("2026-03-01T11:00:00Z");
    }

    @Test
    void theOrderDoesNotDependOnTheOrderOfCalls() {
        List<Condition> one = new Conditions(null, 1L, EARLIER)
                .isTrue("B", "b", "")
                .isTrue("A", "a", "")
                .list();
        List<Condition> other = new Conditions(null, 1L, EARLIER)
                .isTrue("A", "a", "")
                .isTrue("B", "b", "")
                .list();

        assertThat(one).isEqualTo(other);
    }

    private static Clock clockAt(String instant) {
        return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    }
}
