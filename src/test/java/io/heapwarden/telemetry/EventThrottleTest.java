package io.heapwarden.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventThrottleTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private final EventThrottle throttle = new EventThrottle(EventLimits.DEFAULT);

    @Test
    void theSameIsSaidAgainOnlyAfterTheWindow() {
        assertThat(throttle.admit(notice("pod", "leak", 0))).isNull();
        assertThat(throttle.admit(notice("pod", "leak", 599))).isEqualTo(EventResult.Deduplicated);
        assertThat(throttle.admit(notice("pod", "other", 599))).isNull();
        assertThat(throttle.admit(notice("pod", "leak", 600))).isNull();
    }

    @Test
    void oneObjectGetsABurstAndThenOneAMinute() {
        for (int i = 0; i < 25; i++) {
            assertThat(throttle.admit(notice("pod", "key-" + i, 0))).isNull();
        }
        assertThat(throttle.admit(notice("pod", "one more", 0))).isEqualTo(EventResult.RateLimited);
        assertThat(throttle.admit(notice("other", "one more", 0))).isNull();
        assertThat(throttle.admit(notice("pod", "one more", 59))).isEqualTo(EventResult.RateLimited);
        assertThat(throttle.admit(notice("pod", "one more", 60))).isNull();
        assertThat(throttle.admit(notice("pod", "yet another", 60))).isEqualTo(EventResult.RateLimited);
    }

    @Test
    void whatWasNotWrittenMayBeTriedAgain() {
        EventNotice notice = notice("pod", "leak", 0);
        throttle.admit(notice);
        throttle.tryAgain(notice, Duration.ofMinutes(1));

        assertThat(throttle.admit(notice("pod", "leak", 59))).isEqualTo(EventResult.Deduplicated);
        assertThat(throttle.admit(notice("pod", "leak", 60))).isNull();
    }

    @Test
    void remembersNoMoreThanItsBound() {
        for (int i = 0; i < EventLimits.REMEMBERED + 500; i++) {
            throttle.admit(notice("pod-" + i, "leak", 0));
        }

        assertThat(throttle.remembered()).isEqualTo(EventLimits.REMEMBERED);
    }

    private static EventNotice notice(String pod, String key, int second) {
        return new EventNotice(
                EventSubject.pod("shop", pod, "uid-of-" + pod),
                EventReason.LeakConfirmed,
                key,
                "",
                START.plusSeconds(second));
    }
}
