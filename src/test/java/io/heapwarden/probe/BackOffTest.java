package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.time.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private final MovableClock clock = new MovableClock();
    private final BackOff backOff = new BackOff(clock, Duration.ofMinutes(1), Duration.ofMinutes(5));

    @Test
    void doublesUpToTheLongest() {
        for (long minutes : new long[] {1, 2, 4, 5, 5}) {
            backOff.failed("a");
            assertThat(backOff.remaining("a")).isEqualTo(Duration.ofMinutes(minutes));
            clock.move(Duration.ofMinutes(minutes));
            assertThat(backOff.remaining("a")).isNull();
        }
    }

    @Test
    void beginsAnewAfterASuccess() {
        backOff.failed("a");
        backOff.failed("a");
        backOff.succeeded("a");

        assertThat(backOff.remaining("a")).isNull();
        backOff.failed("a");
        assertThat(backOff.remaining("a")).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void isOfOneContainerOnlyAndForgotten() {
        backOff.failed("a");
        assertThat(backOff.remaining("b")).isNull();

        clock.move(Duration.ofMinutes(7));
        backOff.failed("b");
        backOff.failed("a");
        assertThat(backOff.remaining("a")).as("a was forgotten").isEqualTo(Duration.ofMinutes(1));
    }
}
