package io.heapwarden.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.objective.TimeTally.Spent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeTallyTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final long SECOND = 1_000;

    private final TimeTally tally = new TimeTally(Duration.ofMinutes(1), 6);

    @Test
    void keepsGoodBadAndMissingApart() {
        tally.addGood(at(5), 5 * SECOND);
        tally.addBad(at(8), 3 * SECOND);
        tally.addMissing(at(10), 2 * SECOND);

        assertThat(tally.spent(at(10))).isEqualTo(new Spent(5 * SECOND, 3 * SECOND, 2 * SECOND));
    }

    @Test
    void forgetsSlotBySlotWhatSlidesOut() {
        tally.addBad(at(10), 10 * SECOND);
        tally.addGood(at(20), 10 * SECOND);

        assertThat(tally.spent(at(59))).isEqualTo(new Spent(10 * SECOND, 10 * SECOND, 0));
        assertThat(tally.spent(at(60))).isEqualTo(new Spent(10 * SECOND, 0, 0));
        assertThat(tally.spent(at(70))).isEqualTo(new Spent(0, 0, 0));
    }

    @Test
    void aGapLongerThanTheSpanForgetsAll() {
        tally.addBad(at(10), 10 * SECOND);

        assertThat(tally.spent(at(100_000))).isEqualTo(new Spent(0, 0, 0));
    }

    @Test
    void aStretchLongerThanTheSpanCountsForTheSpanAtMost() {
        tally.addMissing(at(86_400), 86_400 * SECOND);

        assertThat(tally.spent(at(86_400)).missing()).isBetween(50 * SECOND, 60 * SECOND);
    }

    @Test
    void aStretchSlidesOutInTheOrderInWhichItWasSpent() {
        tally.addBad(at(40), 40 * SECOND);

        assertThat(tally.spent(at(80)).bad()).isEqualTo(10 * SECOND);
    }

    @Test
    void whatIsOlderThanTheSpanComesTooLate() {
        tally.addGood(at(300), 10 * SECOND);
        tally.addBad(at(200), 10 * SECOND);

        assertThat(tally.spent(at(300))).isEqualTo(new Spent(10 * SECOND, 0, 0));
    }

    @Test
    void aStateOfAnotherShapeIsLeftOut() {
        tally.addGood(at(10), 10 * SECOND);

        tally.add(new TimeTally(Duration.ofMinutes(1), 7).state());

        assertThat(tally.spent(at(10)).good()).isEqualTo(10 * SECOND);
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }
}
