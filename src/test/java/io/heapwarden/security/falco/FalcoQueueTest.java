package io.heapwarden.security.falco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.security.Severity;
import io.heapwarden.time.MovableClock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FalcoQueueTest {

    private final MovableClock clock = new MovableClock();
    private final FalcoCounts counts = new FalcoCounts();
    private final List<FalcoEvent> handled = new CopyOnWriteArrayList<>();

    @Test
    void eventsAreHandledByOneThreadTheMostSevereFirstAndOfThoseTheOldest() {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        try (FalcoQueue queue = new FalcoQueue(
                event -> {
                    threads.add(Thread.currentThread());
                    handled.add(event);
                },
                counts,
                clock)) {
            queue.offer(event(1, FalcoPriority.Notice));
            queue.offer(event(2, FalcoPriority.Warning));
            queue.offer(event(3, FalcoPriority.Critical));
            queue.offer(event(4, FalcoPriority.Emergency));
            queue.offer(event(5, FalcoPriority.Debug));
            queue.start();
            await().until(() -> counts.get(FalcoCount.Handled) == 5);
        }
        assertThat(handled.stream().map(event -> event.time().getNano())).containsExactly(3, 4, 2, 1, 5);
        assertThat(threads).containsOnly(threads.getFirst());
    }

    @Test
    void whereThereIsNoRoomTheMildestGoesAndOfThoseTheYoungest() {
        FalcoQueue queue = new FalcoQueue(handled::add, counts, clock, 3, FalcoQueue.MOST_BYTES);
        queue.offer(event(1, FalcoPriority.Notice));
        queue.offer(event(2, FalcoPriority.Notice));
        queue.offer(event(3, FalcoPriority.Warning));
        queue.offer(event(4, FalcoPriority.Notice));
        queue.offer(event(5, FalcoPriority.Critical));
        queue.offer(event(6, FalcoPriority.Error));
        queue.offer(event(7, FalcoPriority.Critical));
        queue.offer(event(8, FalcoPriority.Warning));

        queue.start();
        queue.close();

        assertThat(handled.stream().map(event -> event.time().getNano())).containsExactly(5, 7, 6);
        assertThat(counts.dropped(Severity.Low)).isEqualTo(3);
        assertThat(counts.dropped(Severity.Medium)).isEqualTo(2);
        assertThat(counts.dropped(Severity.High)).isZero();
        assertThat(counts.dropped(Severity.Critical)).isZero();
    }

    @Test
    void bytesAreBoundedToo() {
        FalcoEvent large = large(0, FalcoPriority.Warning);
        long room = 10 * large.bytes();
        FalcoQueue queue = new FalcoQueue(handled::add, counts, clock, 1000, room);
        for (int i = 1; i <= 30; i++) {
            queue.offer(large(i, FalcoPriority.Warning));
        }
        queue.offer(large(31, FalcoPriority.Error));

        assertThat(queue.size()).isEqualTo(10);
        assertThat(queue.highWater()).isEqualTo(room);
        assertThat(counts.dropped(Severity.Medium)).isEqualTo(21);
        queue.close();
    }

    @Test
    void theSameEventIsHandledOnceWithinAWhile() {
        FalcoQueue queue = new FalcoQueue(handled::add, counts, clock);
        queue.offer(event(1, FalcoPriority.Error));
        queue.offer(event(1, FalcoPriority.Error));
        queue.offer(Seeds.event(
                Seeds.TIME.plusNanos(1),
                FalcoPriority.Error,
                java.util.Map.of(FalcoField.ContainerId, "4f7b2a9d1c3e")));
        assertThat(counts.get(FalcoCount.Replayed)).isEqualTo(1);
        assertThat(queue.size()).isEqualTo(2);

        clock.move(SeenEvents.WINDOW);
        queue.offer(event(1, FalcoPriority.Error));
        assertThat(queue.size()).isEqualTo(3);
        queue.close();
    }

    @Test
    void noMoreEventsAreRememberedThanTheBound() {
        SeenEvents seen = new SeenEvents();
        for (int i = 0; i < SeenEvents.MOST; i++) {
            assertThat(seen.first(event(i, FalcoPriority.Debug), Seeds.TIME)).isTrue();
        }
        assertThat(seen.first(event(0, FalcoPriority.Debug), Seeds.TIME))
                .as("forgotten for this one's sake")
                .isTrue();
        assertThat(seen.first(event(SeenEvents.MOST - 1, FalcoPriority.Debug), Seeds.TIME))
                .isFalse();
    }

    @Test
    void eventsMayComeOutOfOrder() {
        FalcoQueue queue = new FalcoQueue(handled::add, counts, clock).start();
        for (int i = 1000; i > 0; i--) {
            queue.offer(event(i, FalcoPriority.Warning));
        }
        queue.close();
        assertThat(handled).hasSize(1000);
    }

    @Test
    void aHandlerThatFailsLosesOneEventOnly() {
        AtomicInteger calls = new AtomicInteger();
        try (FalcoQueue queue = new FalcoQueue(
                        event -> {
                            if (calls.incrementAndGet() == 1) {
                                throw new IllegalStateException("as a test");
                            }
                            handled.add(event);
                        },
                        counts,
                        clock)
                .start()) {
            queue.offer(event(1, FalcoPriority.Error));
            queue.offer(event(2, FalcoPriority.Error));
            await().until(() -> handled.size() == 1);
        }
        assertThat(counts.get(FalcoCount.HandlerFailed)).isEqualTo(1);
        assertThat(counts.get(FalcoCount.Handled)).isEqualTo(1);
    }

    @Test
    void theHandlerHasItsTurnWhileNothingComesAndWhileMuchComes() {
        AtomicInteger turns = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch flooding = new CountDownLatch(1);
        FalcoEventHandler handler = new FalcoEventHandler() {
            @Override
            public void handle(FalcoEvent event) {
                calls.incrementAndGet();
            }

            @Override
            public void turn(Instant now) {
                turns.incrementAndGet();
            }
        };
        try (FalcoQueue queue = new FalcoQueue(handler, counts, clock).start()) {
            await().until(() -> turns.get() > 1);
            Thread flood = Thread.startVirtualThread(() -> {
                for (int i = 0; flooding.getCount() > 0; i++) {
                    queue.offer(event(i, FalcoPriority.Warning));
                }
            });
            int before = turns.get();
            await().until(() -> turns.get() > before + 2 && calls.get() > 0);
            flooding.countDown();
            flood.interrupt();
        }
    }

    @Test
    void afterItsEndNothingIsTaken() {
        FalcoQueue queue = new FalcoQueue(handled::add, counts, clock).start();
        queue.close();
        queue.offer(event(1, FalcoPriority.Critical));

        assertThat(handled).isEmpty();
        assertThat(counts.get(FalcoCount.Late)).isEqualTo(1);
    }

    private static FalcoEvent event(int nanos, FalcoPriority priority) {
        return Seeds.event(Seeds.TIME.plusNanos(nanos), priority, java.util.Map.of());
    }

    private static FalcoEvent large(int nanos, FalcoPriority priority) {
        return new FalcoEvent(
                Seeds.TIME.plusNanos(nanos),
                priority,
                "a rule",
                "x".repeat(2000),
                "",
                "",
                List.of(),
                java.util.Map.of());
    }
}
