package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private final SetClock clock = new SetClock();
    private final BackOff backOff = new BackOff(clock, Duration.ofMinutes(1), Duration.ofMinutes(5));

    @Test
    void doublesUpToTheLongest() {
        for (long minutes : new long[] {1, 2, 4, 5, 5}) {
            backOff.failed("a");
            assertThat(backOff.remaining("a")).isEqualTo(Duration.ofMinutes(minutes));
            clock.now = clock.now.plus(Duration.ofMinutes(minutes));
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

        clock.now = clock.now.plus(Duration.ofMinutes(7));
        backOff.failed("b");
        backOff.failed("a");
        assertThat(backOff.remaining("a")).as("a was forgotten").isEqualTo(Duration.ofMinutes(1));
    }

    private static final class SetClock extends Clock {

        private Instant now = Instant.parse("2026-11-23T08:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
