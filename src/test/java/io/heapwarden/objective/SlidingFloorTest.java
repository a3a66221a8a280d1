package io.heapwarden.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlidingFloorTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    /** Twelve slots of a minute. */
    private final SlidingFloor floor = new SlidingFloor(Duration.ofMinutes(12));

    @Test
    void saysNothingUntilTwoSlotsAreComplete() {
        add(0, 100);
        add(1, 200);
        assertThat(floor.growth()).isEmpty();

        add(2, 300);
        assertThat(floor.growth()).hasValue(100);
    }

    @Test
    void theOpenSlotDoesNotCount() {
        add(0, 100);
        add(1, 100);
        add(2, 9_999);

        assertThat(floor.growth()).hasValue(0);
    }

    @Test
    void takesTheLowestValueOfEachSlot() {
        floor.add(START, 500);
        floor.add(START.plusSeconds(30), 100);
        floor.add(START.plusSeconds(60), 700);
        floor.add(START.plusSeconds(90), 130);
        add(2, 0);

        assertThat(floor.growth()).hasValue(30);
    }

    @Test
    void comparesAYoungSeriesWithItsFirstSlot() {
        for (int minute = 0; minute <= 5; minute++) {
            add(minute, 10 * minute);
        }

        assertThat(floor.growth()).hasValue(40);
    }

    @Test
    void comparesAnOldSeriesOverTheWindowOnly() {
        for (int minute = 0; minute <= 100; minute++) {
            add(minute, 10 * minute);
        }

        assertThat(floor.growth()).hasValue(110);
    }

    @Test
    void aFloorThatComesBackIsNegativeGrowth() {
        add(0, 100);
        add(1, 40);
        add(2, 40);

        assertThat(floor.growth()).hasValue(-60);
    }

    @Test
    void aGapLongerThanTheWindowBeginsAnew() {
        add(0, 100);
        add(1, 100);
        add(60, 900);

        assertThat(floor.growth()).isEmpty();
    }

    @Test
    void aRestoredFloorGoesOnLikeTheOriginal() {
        for (int minute = 0; minute <= 40; minute++) {
            add(minute, minute % 7 * 10);
            SlidingFloor restored = new SlidingFloor(Duration.ofMinutes(12));
            restored.restore(floor.state());

            assertThat(restored.growth()).isEqualTo(floor.growth());
            assertThat(restored.state()).isEqualTo(floor.state());
        }
    }

    private void add(int minute, double value) {
        floor.add(START.plusSeconds(60L * minute), value);
    }
}
