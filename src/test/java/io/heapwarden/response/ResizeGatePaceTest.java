package io.heapwarden.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often a pod is resized. */
class ResizeGatePaceTest {

    private final ResizeFixture fixture = new ResizeFixture();

    @ParameterizedTest
    @EnumSource(
            value = ActionOutcome.class,
            names = {"Resized", "Unanswered", "Intended"})
    void onceEachCooldown(ActionOutcome outcome) {
        fixture.last(Duration.ofMinutes(30).minusSeconds(1), outcome, 1);
        fixture.assertRefused(ResizeRefusal.CoolingDown)
                .contains("last resized at 2026-11-23T11:30:01Z", "may be at 2026-11-23T12:00:01Z");

        fixture.last(Duration.ofMinutes(30), outcome, 1);
        assertThat(fixture.allowed().number()).isEqualTo(2);
    }

    @Test
    void anIntentIsLeftToWhoeverWroteIt() {
        fixture.cooldown = Duration.ofSeconds(10);
        fixture.last(Duration.ofSeconds(119), ActionOutcome.Intended, 1);
        fixture.assertRefused(ResizeRefusal.CoolingDown);

        fixture.last(Duration.ofSeconds(120), ActionOutcome.Intended, 1);
        fixture.allowed();
    }

    @Test
    void threeTimesAPod() {
        fixture.last(Duration.ofHours(1), ActionOutcome.Resized, 2);
        assertThat(fixture.allowed().number()).isEqualTo(3);

        fixture.last(Duration.ofHours(1), ActionOutcome.Resized, 3);
        fixture.assertRefused(ResizeRefusal.OftenEnough).contains("was resized 3 times and may be 3 times");
    }

    @ParameterizedTest
    @EnumSource(
            value = ActionOutcome.class,
            names = {"Failed", "Forbidden", "Dropped"})
    void whatCameToNothingIsTriedAgainUnderTheSameNumber(ActionOutcome outcome) {
        fixture.last(Duration.ofMinutes(5).minusSeconds(1), outcome, 3);
        fixture.assertRefused(ResizeRefusal.RetryingLater).contains("came to nothing (" + outcome + ")");

        fixture.last(Duration.ofMinutes(5), outcome, 3);
        assertThat(fixture.allowed().number()).isEqualTo(3);
    }
}
