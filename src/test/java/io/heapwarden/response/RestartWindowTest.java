package io.heapwarden.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartWindowTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        // Monday evening to Tuesday morning belongs to Monday, Friday's ends on Saturday, Sunday evening has none.
        "2026-11-23T21:59:59,false",
        "2026-11-23T22:00:00,true",
        "2026-11-24T04:59:59,true",
        "2026-11-24T05:00:00,false",
        "2026-11-23T04:59:00,false",
        "2026-11-28T04:59:00,true",
        "2026-11-28T22:00:00,false",
        "2026-11-29T23:00:00,false",
    })
    void wrapsMidnightAndBelongsToTheDayItOpenedOn(String shown, boolean open) {
        RestartWindow window = RestartWindow.parse(List.of("Mon-Fri"), "22:00", "05:00", "Europe/Berlin");

        assertThat(window.contains(berlin(shown))).isEqualTo(open);
    }

    @Test
    void midnightAsEndIsTheEndOfTheDay() {
        RestartWindow evening = RestartWindow.parse(List.of("Mon"), "22:00", "24:00", "UTC");
        assertThat(evening.contains(Instant.parse("2026-11-23T23:59:59Z"))).isTrue();
        assertThat(evening.contains(Instant.parse("2026-11-24T00:00:00Z"))).isFalse();

        RestartWindow day = RestartWindow.parse(List.of("Mon"), "00:00", "24:00", "UTC");
        assertThat(day.contains(Instant.parse("2026-11-23T00:00:00Z"))).isTrue();
        assertThat(day.contains(Instant.parse("2026-11-23T23:59:59Z"))).isTrue();
        assertThat(day.contains(Instant.parse("2026-11-22T23:59:59Z"))).isFalse();
        assertThat(day.contains(Instant.parse("2026-11-24T00:00:00Z"))).isFalse();
    }

    @Test
    void aTimeThatSummerTimeSkipsDoesNotCome() {
        // On 2026-03-29 the clock goes from 02:00 to 03:00.
        RestartWindow window = RestartWindow.parse(List.of("Sun"), "02:15", "02:45", "Europe/Berlin");

        assertThat(window.nextOpening(Instant.parse("2026-03-28T12:00:00Z")))
                .contains(Instant.parse("2026-04-05T00:15:00Z"));
    }

    @Test
    void aWindowWhoseBeginningIsSkippedOpensWithTheJump() {
        RestartWindow window = RestartWindow.parse(List.of(), "02:15", "03:30", "Europe/Berlin");

        assertThat(window.nextOpening(Instant.parse("2026-03-29T00:30:00Z")))
                .contains(Instant.parse("2026-03-29T01:00:00Z"));
        assertThat(window.contains(Instant.parse("2026-03-29T01:29:59Z"))).isTrue();
        assertThat(window.contains(Instant.parse("2026-03-29T01:30:00Z"))).isFalse();
    }

    @Test
    void anHourThatWinterTimeRepeatsOpensTwice() {
        // On 2026-10-25 the clock goes from 03:00 back to 02:00, at 01:00Z.
        RestartWindow window = RestartWindow.parse(List.of(), "01:50", "02:10", "Europe/Berlin");

        assertThat(window.nextOpening(Instant.parse("2026-10-25T00:10:00Z")))
                .contains(Instant.parse("2026-10-25T01:00:00Z"));
        assertThat(window.contains(Instant.parse("2026-10-25T01:09:59Z"))).isTrue();
        assertThat(window.contains(Instant.parse("2026-10-25T01:10:00Z"))).isFalse();
    }

    @Test
    void rangesOfDaysMayWrapTheWeek() {
        RestartWindow window = RestartWindow.parse(List.of("Sat-Mon", "Wed"), "00:00", "24:00", "UTC");

        assertThat(Instant.parse("2026-11-23T12:00:00Z")
                        .atZone(ZoneId.of("UTC"))
                        .getDayOfWeek())
                .hasToString("MONDAY");
        assertThat(List.of(22, 23, 24, 25, 26, 27, 28))
                .filteredOn(day -> window.contains(Instant.parse("2026-11-" + day + "T12:00:00Z")))
                .containsExactly(22, 23, 25, 28);
    }

    @ParameterizedTest
    @CsvSource({
        "Mo,22:00,05:00,UTC,'Mo': give Mon",
        "Mon-,22:00,05:00,UTC,'Mon-': give Mon",
        "Mon,22,05:00,UTC,'from' of a restart window is '22'",
        "Mon,22:00,25:00,UTC,'to' of a restart window is '25:00'",
        "Mon,22:00,05:00,Berlin,is 'Berlin': give an IANA name",
        "Mon,22:00,22:00,UTC,is empty",
    })
    void refusesWhatItCannotRead(String days, String from, String to, String zone, String says) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RestartWindow.parse(List.of(days), from, to, zone))
                .withMessageContaining(says);
    }

    @ParameterizedTest
    @CsvSource({"0,count of at least 1", "0%,1% to 100%", "101%,1% to 100%", "-1,such as 20%", "many,such as 20%"})
    void refusesAMaxUnavailableThatMakesNoSense(String text, String says) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaxUnavailable.parse(text))
                .withMessageContaining(says);
    }

    private static Instant berlin(String shown) {
        return LocalDateTime.parse(shown).atZone(BERLIN).toInstant();
    }
}
