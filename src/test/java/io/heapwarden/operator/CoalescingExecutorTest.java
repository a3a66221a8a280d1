package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CoalescingExecutorTest {

    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void whatIsAskedForDuringARunIsDoneByOneMore() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (CoalescingExecutor<String> executor = new CoalescingExecutor<>("test", 2, Duration.ZERO)) {
            Runnable task = () -> {
                runs.incrementAndGet();
                begun.countDown();
                awaitQuietly(goOn);
            };
            executor.ask("a", task);
            begun.await();
            for (int i = 0; i < 100; i++) {
                executor.ask("a", task);
            }
            executor.ask("a", () -> runs.addAndGet(10));
            goOn.countDown();
            await().until(executor::isIdle);

            assertThat(runs).as("the first and the last").hasValue(11);
        }
    }

    @Test
    void keysDoNotWaitForEachOther() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        try (CoalescingExecutor<String> executor = new CoalescingExecutor<>("test", 2, Duration.ZERO)) {
            for (String key : new String[] {"a", "b"}) {
                executor.ask(key, () -> {
                    both.countDown();
                    awaitQuietly(both);
                    runs.incrementAndGet();
                });
            }
            await().until(executor::isIdle);

            assertThat(runs).hasValue(2);
        }
    }

    @Test
    void noMoreKeysRunAtATimeThanMay() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (CoalescingExecutor<Integer> executor = new CoalescingExecutor<>("test", 2, Duration.ZERO)) {
            for (int key = 0; key < 20; key++) {
                executor.ask(key, () -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(1_000_000);
                    running.decrementAndGet();
                    runs.incrementAndGet();
                });
            }
            await().until(executor::isIdle);

            assertThat(runs).hasValue(20);
            assertThat(most).hasValueLessThanOrEqualTo(2);
        }
    }

    @Test
    void betweenTwoRunsThereIsThePause() {
        Duration pause = Duration.ofMillis(200);
        try (CoalescingExecutor<String> executor = new CoalescingExecutor<>("test", 2, pause)) {
            long begun = System.nanoTime();
            executor.ask("a", runs::incrementAndGet);
            await().until(() -> runs.get() == 1);
            executor.ask("a", runs::incrementAndGet);
            await().until(() -> runs.get() == 2);

            assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(pause.toNanos());
        }
    }

    @Test
    void aTaskThatFailsDoesNotEndTheOnesAfterIt() {
        try (CoalescingExecutor<String> executor = new CoalescingExecutor<>("test", 2, Duration.ZERO)) {
            executor.ask("a", () -> {
                throw new IllegalStateException("expected by the test");
            });
            await().until(executor::isIdle);
            executor.ask("a", runs::incrementAndGet);
            await().until(executor::isIdle);

            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void afterItsEndNothingIsDone() {
        CoalescingExecutor<String> executor = new CoalescingExecutor<>("test", 2, Duration.ZERO);
        executor.close();

        executor.ask("a", runs::incrementAndGet);

        assertThat(executor.isIdle()).isTrue();
        assertThat(runs).hasValue(0);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
