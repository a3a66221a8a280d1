package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {

    private static final Duration QUICK = Duration.ofMillis(100);
    private static final Duration SLOW = AdaptiveLimit.SLOW.plusMillis(1);

    private final AtomicLong nanos = new AtomicLong();
    private final AdaptiveLimit limit = new AdaptiveLimit(16, nanos::get);

    @Test
    void halvesAtSlowAnswersOnceForAllThatWereUnderWay() {
        limit.answered(SLOW);
        limit.answered(SLOW);
        assertThat(limit.allowed()).isEqualTo(8);

        for (int i = 0; i < 10; i++) {
            nanos.addAndGet(AdaptiveLimit.BETWEEN_CUTS.toNanos());
            limit.answered(SLOW);
        }
        assertThat(limit.allowed()).as("never none").isEqualTo(1);
    }

    @Test
    void growsBackByOneForEachRoundOfQuickAnswersAndNotBeyondTheBound() {
        limit.answered(SLOW);
        for (int i = 0; i < 9; i++) {
            limit.answered(QUICK);
        }
        assertThat(limit.allowed()).isEqualTo(9);

        for (int i = 0; i < 1000; i++) {
            limit.answered(QUICK);
        }
        assertThat(limit.allowed()).isEqualTo(16);
    }

    @Test
    void asksNobodyWhileTheApiServerWantsAPause() {
        AdaptiveLimit real = new AdaptiveLimit(4, System::nanoTime);
        long before = System.nanoTime();
        real.busy(Duration.ofMillis(300));
        AtomicInteger got = new AtomicInteger();
        Thread.ofVirtual().start(() -> {
            try {
                real.acquire();
                got.incrementAndGet();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });

        await().atMost(Duration.ofSeconds(10)).until(() -> got.get() == 1);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(real.allowed()).isEqualTo(2);
    }

    @Test
    void grantsNoPauseWithoutEnd() throws InterruptedException {
        limit.busy(Duration.ofDays(1));
        nanos.addAndGet(AdaptiveLimit.LONGEST_PAUSE.toNanos());

        limit.acquire();
        limit.release();
    }
}
