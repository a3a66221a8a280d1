package io.heapwarden.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.objective.TimeTally.Spent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TimeTallyPropertyTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00.123Z");

    @Property
    void theSumNeverExceedsTheSpan(
            @ForAll @IntRange(min = 60, max = 100_000) int span,
            @ForAll @IntRange(min = 1, max = 60) int slots,
            @ForAll @Size(max = 50) List<@IntRange(min = 1, max = 200_000) Integer> stretches) {
        TimeTally tally = new TimeTally(Duration.ofMillis(span), slots);
        Instant now = START;
        for (int millis : stretches) {
            now = now.plusMillis(millis);
            spend(tally, now, millis);

            assertThat(total(tally.spent(now))).isBetween(0L, (long) span);
        }
    }

    @Property
    void nothingIsLostWhileAllOfItFitsIntoTheSpan(
            @ForAll @IntRange(min = 2, max = 60) int slots,
            @ForAll @Size(max = 50) List<@IntRange(min = 1, max = 1_000) Integer> stretches) {
        long all = stretches.stream().mapToLong(millis -> millis).sum();
        // The newest slot is never full, so the others have to hold it all.
        TimeTally tally = new TimeTally(Duration.ofMillis((all + 1) * slots), slots);
        Instant now = START;
        for (int millis : stretches) {
            now = now.plusMillis(millis);
            spend(tally, now, millis);
        }

        assertThat(total(tally.spent(now))).isEqualTo(all);
    }

    @Property
    void aRestoredTallyGoesOnLikeTheOriginal(
            @ForAll @IntRange(min = 60, max = 100_000) int span,
            @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 20_000) Integer> before,
            @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 20_000) Integer> after) {
        TimeTally original = new TimeTally(Duration.ofMillis(span), 12);
        Instant now = START;
        for (int millis : before) {
            now = now.plusMillis(millis);
            spend(original, now, millis);
        }
        TimeTally restored = new TimeTally(Duration.ofMillis(span), 12);
        restored.add(original.state());
        for (int millis : after) {
            now = now.plusMillis(millis);
            spend(original, now, millis);
            spend(restored, now, millis);

            assertThat(restored.spent(now)).isEqualTo(original.spent(now));
        }
        assertThat(restored.state()).isEqualTo(original.state());
    }

    /** Which kind it is follows from the length, so that one list says all. */
    private static void spend(TimeTally tally, Instant until, int millis) {
        switch (millis % 3) {
            case 0 -> tally.addGood(until, millis);
            case 1 -> tally.addBad(until, millis);
            default -> tally.addMissing(until, millis);
        }
    }

    private static long total(Spent spent) {
        return spent.good() + spent.bad() + spent.missing();
    }
}
