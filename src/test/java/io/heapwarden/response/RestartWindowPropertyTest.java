package io.heapwarden.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Any window, at any minute around the days on which clocks change, in zones that change them in their own ways. */
class RestartWindowPropertyTest {

    private static final long TWO_WEEKS_OF_MINUTES = Duration.ofDays(14).toMinutes();

    /** A window with the parts it was made of, for an oracle of its own. */
    record Made(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
        RestartWindow window() {
            return new RestartWindow(days, from, to, zone);
        }

        /** By the wall clock alone: go back in wall time to the last {@code from}, and see whose day it was. */
        boolean open(Instant time) {
            ZonedDateTime shown = time.atZone(zone);
            int length = Math.floorMod(to.toSecondOfDay() - from.toSecondOfDay(), 86_400);
            int since = Math.floorMod(shown.toLocalTime().toSecondOfDay() - from.toSecondOfDay(), 86_400);
            boolean within = since < (length == 0 ? 86_400 : length);
            DayOfWeek opened = shown.toLocalDateTime().minusSeconds(since).getDayOfWeek();
            return within && days.contains(opened);
        }
    }

    @Property(tries = 3_000)
    void isOpenWhenTheWallClockSaysSo(@ForAll("windows") Made made, @ForAll("times") Instant time) {
        assertThat(made.window().contains(time)).isEqualTo(made.open(time));
    }

    @Property(tries = 1_000)
    void theNextOpeningIsTheFirstOpenMinute(@ForAll("windows") Made made, @ForAll("times") Instant time) {
        Optional<Instant> expected = Optional.empty();
        for (long minute = 0; minute < TWO_WEEKS_OF_MINUTES && expected.isEmpty(); minute++) {
            Instant candidate = time.plus(minute, ChronoUnit.MINUTES);
            if (made.open(candidate)) {
                expected = Optional.of(candidate);
            }
        }

        assertThat(expected).isPresent();
        assertThat(made.window().nextOpening(time)).isEqualTo(expected);
    }

    @Property(tries = 1_000)
    void opensAndClosesToTheSecond(@ForAll("windows") Made made, @ForAll("times") Instant time) {
        Instant opening = made.window().nextOpening(time).orElseThrow();

        assertThat(made.window().contains(opening)).isTrue();
        if (opening.isAfter(time)) {
            assertThat(made.window().contains(opening.minusSeconds(1))).isFalse();
        }
    }

    @Property(tries = 200)
    void aPolicysOwnWindowsAreWhatTheGateAsks(@ForAll("windows") Made made, @ForAll("times") Instant time) {
        GateFixture fixture = new GateFixture();
        fixture.windows = java.util.List.of(made.window());
        fixture.now = time;

        GateDecision decision = fixture.decide();

        if (made.open(time)) {
            assertThat(decision).isInstanceOf(GateDecision.Allowed.class);
        } else {
            GateDecision.Refused refused = (GateDecision.Refused) decision;
            assertThat(made.open(refused.askAgainAt())).isTrue();
        }
    }

    @Property
    void aShareNeverExceedsWhatItSaysButForTheOneThatIsAlwaysAllowed(
            @ForAll @IntRange(min = 1, max = 100) int percent, @ForAll @IntRange(max = 100_000) int desired) {
        int most = MaxUnavailable.percent(percent).of(desired);

        assertThat(most).isGreaterThanOrEqualTo(1);
        assertThat(most == 1 || most * 100L <= (long) desired * percent).isTrue();
        assertThat((most + 1) * 100L).isGreaterThan((long) desired * percent);
    }

    @Provide
    Arbitrary<Made> windows() {
        Arbitrary<Integer> minutes = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 1439), Arbitraries.integers().between(90, 200));
        return Combinators.combine(
                        Arbitraries.of(DayOfWeek.class).set().ofMinSize(1),
                        minutes,
                        minutes,
                        Arbitraries.of(
                                "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "UTC"))
                .filter((days, from, to, zone) -> !from.equals(to) || from == 0)
                .as((days, from, to, zone) -> new Made(
                        days, LocalTime.ofSecondOfDay(from * 60L), LocalTime.ofSecondOfDay(to * 60L), ZoneId.of(zone)));
    }

    @Provide
    Arbitrary<Instant> times() {
        // Around Berlin's two changes of 2026, and anywhere in the year.
        return Arbitraries.oneOf(
                        aroundDay("2026-03-29T01:00:00Z"),
                        aroundDay("2026-10-25T01:00:00Z"),
                        Arbitraries.longs().between(0, 365 * 1440L))
                .map(minute -> Instant.parse("2026-01-01T00:00:00Z").plus(minute, ChronoUnit.MINUTES));
    }

    private static Arbitrary<Long> aroundDay(String change) {
        long middle = Duration.between(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse(change))
                .toMinutes();
        return Arbitraries.longs().between(middle - 1440, middle + 1440);
    }
}
