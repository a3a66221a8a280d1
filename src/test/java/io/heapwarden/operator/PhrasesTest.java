package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.Exhaustion;
import io.heapwarden.growth.Signal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhrasesTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, under 1m",
        "PT59S, under 1m",
        "PT1M, 1m",
        "PT59M59S, 59m",
        "PT1H, 1h",
        "PT1H9M, 1h",
        "PT1H39M, 1h30m",
        "PT5H59M, 5h50m",
        "PT6H40M, 6h",
        "PT23H59M, 23h",
        "P1D, 1d",
        "P47DT23H, 47d"
    })
    void durationsPromiseNoMoreThanTwoSteps(Duration duration, String text) {
        assertThat(Phrases.duration(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "-1572864, -1.5 MiB",
        "1073741824, 1.0 GiB",
        "1099511627776, 1.0 TiB",
        "1125899906842624, 1024.0 TiB"
    })
    void bytesAreInTheLargestUnitThatFits(double bytes, String text) {
        assertThat(Phrases.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.9997, 99.97%", "1, 100%", "0, 0%", "0.1, 10%", "0.2, 20%", "0.905, 90.5%", "-2, -200%"})
    void sharesHaveNoTrailingZeros(double share, String text) {
        assertThat(Phrases.percent(share)).isEqualTo(text);
    }

    @Test
    void anUnknownShareIsSaidToBe() {
        assertThat(Phrases.percent(null)).isEqualTo("unknown");
    }

    @Test
    void aForecastIsAnIntervalOrABoundNeverOneNumber() {
        assertThat(Phrases.exhaustion(new Exhaustion(Duration.ofHours(5), Duration.ofHours(9), Signal.HeapAfterGC)))
                .isEqualTo("5h to 9h");
        assertThat(Phrases.exhaustion(new Exhaustion(Duration.ofHours(5), null, Signal.HeapAfterGC)))
                .isEqualTo("no sooner than 5h");
    }
}
