package io.heapwarden.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "1s, PT1S", "90s, PT1M30S", "10m, PT10M", "24h, PT24H", "30d, PT720H"})
    void reads(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "30", "s", "0s", "01s", "-1s", "+1s", "1.5h", "1h30m", "1 s", " 1s", "1s\n", "1w", "1S", "100000s",
                "１s"
            })
    void refusesAndSaysWhatToWrite(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageContaining(
                        "\"" + text + "\" is not a duration: write one whole number of 1 to 99999 and one unit");
    }

    /** What a schema's pattern lets through must not fail later, and the other way round. */
    @Property
    void readsWhatTheSchemaAccepts(@ForAll @IntRange(max = 1_000_000) int amount) {
        assertThat(accepted(amount + "d")).isEqualTo((amount + "d").matches(Durations.LONG));
        assertThat(accepted(amount + "m")).isEqualTo((amount + "m").matches(Durations.SHORT));
        assertThat(accepted(amount + "ms")).isEqualTo((amount + "ms").matches(Durations.PAUSE));
    }

    private static boolean accepted(String text) {
        try {
            return Durations.parse(text).isPositive();
        } catch (IllegalArgumentException refusal) {
            return false;
        }
    }
}
