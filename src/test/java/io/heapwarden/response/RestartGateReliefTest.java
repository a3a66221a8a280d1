package io.heapwarden.response;

import static io.heapwarden.response.GateFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.response.GateDecision.Allowed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A restart that did not help makes the next one come later. */
class RestartGateReliefTest {

    private final GateFixture fixture = new GateFixture();

    RestartGateReliefTest() {
        fixture.maxPerDay = 20;
    }

    @Test
    void aPodThatLeaksAgainTooSoonDoublesTheCooldown() {
        fixture.past(Duration.ofMinutes(40), ActionOutcome.Evicted);
        replacedAgo(Duration.ofMinutes(39));

        fixture.assertRefused(GateRefusal.RestartDidNotHelp, NOW.plus(Duration.ofMinutes(20)))
                .contains("The last 1 restarts", "less than 1h of relief", "cooldown is 1h instead of 30m");
    }

    @Test
    void eachTimeInARowDoublesItAgain() {
        fixture.past(Duration.ofMinutes(240), ActionOutcome.Evicted)
                .past(Duration.ofMinutes(160), ActionOutcome.Evicted, true)
                .past(Duration.ofMinutes(50), ActionOutcome.Evicted, true);
        replacedAgo(Duration.ofMinutes(49));

        // 30 min, doubled three times.
        fixture.assertRefused(GateRefusal.RestartDidNotHelp, NOW.plus(Duration.ofMinutes(190)))
                .contains("The last 3 restarts", "4h instead of 30m");
    }

    @Test
    void neverMoreThanADay() {
        fixture.cooldown = Duration.ofHours(5);
        fixture.leastRelief = Duration.ofDays(7);
        for (int i = 9; i >= 1; i--) {
            fixture.past(Duration.ofHours(6L * i), ActionOutcome.Evicted, i < 9);
        }
        replacedAgo(Duration.ofHours(5));

        fixture.assertRefused(GateRefusal.RestartDidNotHelp, NOW.plus(Duration.ofHours(18)));
    }

    @Test
    void aRestartThatHelpedLongEnoughIsForgotten() {
        fixture.past(Duration.ofMinutes(160), ActionOutcome.Evicted, true)
                .past(Duration.ofMinutes(90), ActionOutcome.Evicted, true);
        replacedAgo(Duration.ofMinutes(61));

        assertThat(fixture.decide()).isInstanceOf(Allowed.class);
    }

    @Test
    void anotherReplicaThatWasNeverRestartedDoesNotCount() {
        fixture.past(Duration.ofMinutes(40), ActionOutcome.Evicted);

        assertThat(fixture.decide()).isInstanceOfSatisfying(Allowed.class, allowed -> assertThat(allowed.again())
                .isFalse());
    }

    @Test
    void whatIsDoneAllTheSameIsMarked() {
        fixture.past(Duration.ofMinutes(59), ActionOutcome.Evicted);
        fixture.cooldown = Duration.ofMinutes(25);
        replacedAgo(Duration.ofMinutes(58));

        assertThat(fixture.decide()).isInstanceOfSatisfying(Allowed.class, allowed -> {
            assertThat(allowed.again()).isTrue();
            assertThat(allowed.sentence()).endsWith("although the last one brought little relief");
        });
    }

    /** The leaking pod replaced a restarted one. */
    private void replacedAgo(Duration age) {
        fixture.pods.set(0, GateFixture.pod("uid-0", NOW.minus(age), true));
    }
}
