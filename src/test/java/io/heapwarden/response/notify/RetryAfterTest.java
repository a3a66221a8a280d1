package io.heapwarden.response.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.time.MovableClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "30 | PT30S",
                "0 | PT0S",
                "86400 | PT15M",
                "99999999999999999999 | null",
                "-1 | null",
                "soon | null",
                "'' | null",
                "null | null",
                "Mon, 23 Nov 2026 12:01:30 GMT | PT1M30S",
                "Mon, 23 Nov 2026 11:00:00 GMT | PT0S",
                "Mon, 23 Nov 2099 11:00:00 GMT | PT15M"
            })
    void isReadAndBounded(@Nullable String header, @Nullable Duration expected) {
        assertThat(RetryAfter.parse(header, MovableClock.START)).isEqualTo(expected);
    }
}
