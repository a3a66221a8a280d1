package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SamplingScheduleTest {

    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final int PER_NODE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private SamplingSchedule schedule = schedule(2, Duration.ofSeconds(30));

    @AfterEach
    void stop() {
        schedule.stop();
    }

    @Test
    void runsNoMoreAtOnceThanTheBoundAllows() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        for (int pod = 0; pod < 20; pod++) {
            schedule.put("pod-" + pod, "node-of-" + "pod-" + pod, INTERVAL, () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                Thread.yield();
                running.decrementAndGet();
                runs.incrementAndGet();
            });
        }

        schedule.start();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(runs).hasValueGreaterThan(200));
        assertThat(most).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void everyPodGetsItsTurnBesideOneThatNeverAnswers() {
        Map<String, Integer> runs = new ConcurrentHashMap<>();
        CountDownLatch never = new CountDownLatch(1);
        schedule.put("stuck", "node-of-" + "stuck", INTERVAL, () -> awaitQuietly(never));
        Set<String> pods = IntStream.range(0, 10).mapToObj(i -> "pod-" + i).collect(Collectors.toSet());
        pods.forEach(pod -> schedule.put(pod, "node-of-" + pod, INTERVAL, () -> runs.merge(pod, 1, Integer::sum)));

        schedule.start();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(runs.keySet()).isEqualTo(pods);
            assertThat(runs.values()).allMatch(count -> count >= 5);
        });
        never.countDown();
    }

    @Test
    void aNodeThatNeverAnswersTakesItsOwnPlacesOnly() {
        schedule.stop();
        schedule = schedule(3, Duration.ofSeconds(30));
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger stuck = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        for (int pod = 0; pod < 10; pod++) {
            schedule.put("stuck-" + pod, "slow", INTERVAL, () -> {
                stuck.incrementAndGet();
                awaitQuietly(never);
            });
            schedule.put("pod-" + pod, "quick", INTERVAL, others::incrementAndGet);
        }

        schedule.start();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(others).hasValueGreaterThan(50));
        assertThat(stuck).hasValue(PER_NODE);
        never.countDown();
    }

    @Test
    void aRunBeyondTheHardTimeOutLosesItsPlaceAndIsNotStartedTwice() {
        schedule.stop();
        schedule = schedule(1, Duration.ofMillis(100));
        AtomicInteger stuckRuns = new AtomicInteger();
        AtomicInteger otherRuns = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        schedule.put("stuck", "node-of-" + "stuck", INTERVAL, () -> {
            stuckRuns.incrementAndGet();
            awaitUninterruptibly(never);
        });
        schedule.start();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(stuckRuns).hasValue(1));

        schedule.put("other", "node-of-" + "other", INTERVAL, otherRuns::incrementAndGet);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(otherRuns).hasValueGreaterThan(10));
        assertThat(stuckRuns).hasValue(1);
        never.countDown();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(stuckRuns).hasValueGreaterThan(1));
    }

    @Test
    void aRemovedPodIsNotRunAgain() {
        AtomicInteger removed = new AtomicInteger();
        AtomicInteger kept = new AtomicInteger();
        schedule.put("removed", "node-of-" + "removed", INTERVAL, removed::incrementAndGet);
        schedule.put("kept", "node-of-" + "kept", INTERVAL, kept::incrementAndGet);
        schedule.start();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(removed).hasValueGreaterThan(0));

        schedule.remove("removed");
        await().atMost(PATIENCE).until(() -> schedule.running() == 0);
        int before = removed.get();
        int keptBefore = kept.get();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(kept).hasValueGreaterThan(keptBefore + 10));
        assertThat(removed).hasValueLessThanOrEqualTo(before + 1);
    }

    @Test
    void aFailingRunIsRunAgain() {
        AtomicInteger runs = new AtomicInteger();
        schedule.put("failing", "node-of-" + "failing", INTERVAL, () -> {
            runs.incrementAndGet();
            throw new IllegalStateException("on purpose");
        });

        schedule.start();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(runs).hasValueGreaterThan(3));
    }

    private static SamplingSchedule schedule(int maxConcurrent, Duration hardTimeout) {
        return new SamplingSchedule(
                new AdaptiveLimit(maxConcurrent, System::nanoTime), PER_NODE, hardTimeout, System::nanoTime);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException ignored) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
