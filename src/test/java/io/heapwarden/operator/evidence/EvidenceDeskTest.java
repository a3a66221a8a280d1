package io.heapwarden.operator.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.evidence.store.EvidenceFile;
import io.heapwarden.evidence.store.EvidenceKey;
import io.heapwarden.evidence.store.StoredEvidence;
import io.heapwarden.operator.evidence.EvidenceState.Collecting;
import io.heapwarden.operator.evidence.EvidenceState.Done;
import io.heapwarden.time.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EvidenceDeskTest {

    private final MovableClock clock = new MovableClock();
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger taken = new AtomicInteger();
    private final List<Done> told = new CopyOnWriteArrayList<>();
    private boolean stores = true;

    private final EvidenceDesk desk = new EvidenceDesk(this::take, null, (order, done) -> told.add(done), clock);

    @Test
    void aPodIsOrderedOnce() {
        EvidenceOrder order = Orders.of("checkout-1", "com.shop.Order");
        assertThat(desk.order(order)).isEqualTo(new Collecting(clock.instant().plus(EvidenceDesk.TIME_LIMIT)));
        assertThat(desk.order(order)).isInstanceOf(Collecting.class);
        go.countDown();

        await().untilAsserted(() -> assertThat(told).hasSize(1));
        assertThat(desk.order(order)).isEqualTo(told.getFirst());
        assertThat(taken).hasValue(1);
    }

    @Test
    void anotherPodOfTheSameShowsNothingNewForADay() {
        go.countDown();
        desk.order(Orders.of("checkout-1", "com.shop.Order"));
        await().untilAsserted(() -> assertThat(told).hasSize(1));

        assertThat(desk.order(Orders.of("checkout-2", "com.shop.Order")))
                .isInstanceOfSatisfying(Done.class, done -> assertThat(done.sentence())
                        .startsWith("Evidence of the same workload, revision and culprit was taken at"));
        assertThat(desk.order(Orders.of("checkout-3", "com.shop.Cart"))).isInstanceOf(Collecting.class);

        clock.move(Duration.ofHours(24));
        assertThat(desk.order(Orders.of("checkout-4", "com.shop.Order"))).isInstanceOf(Collecting.class);
    }

    @Test
    void whatGrowsAndIsAttackedIsCollectedForEither() {
        go.countDown();
        desk.order(Orders.of("checkout-1", "com.shop.Order"));
        await().untilAsserted(() -> assertThat(told).hasSize(1));

        assertThat(desk.order(Orders.ofFinding("checkout-1", "Terminal shell in container")))
                .isInstanceOf(Collecting.class);
        await().untilAsserted(() -> assertThat(told).hasSize(2));
        assertThat(desk.order(Orders.ofFinding("checkout-2", "Terminal shell in container")))
                .isInstanceOfSatisfying(Done.class, done -> assertThat(done.sentence())
                        .startsWith("Evidence of the same workload, revision and finding was taken at"));
    }

    @Test
    void whatCouldNotBeKeptIsTakenOfTheNextPod() {
        stores = false;
        go.countDown();
        desk.order(Orders.of("checkout-1", "com.shop.Order"));
        await().untilAsserted(() -> assertThat(told).hasSize(1));

        assertThat(desk.trouble()).hasValue("done");
        assertThat(desk.order(Orders.of("checkout-2", "com.shop.Order"))).isInstanceOf(Collecting.class);
    }

    @Test
    void nobodyWaitsLongerThanTheLimit() {
        EvidenceOrder order = Orders.of("checkout-1", "com.shop.Order");
        desk.order(order);

        clock.move(EvidenceDesk.TIME_LIMIT.plusSeconds(1));

        assertThat(desk.order(order)).isInstanceOfSatisfying(Done.class, done -> assertThat(done.sentence())
                .isEqualTo("It was not done in time."));
        go.countDown();
    }

    @Test
    void aFaultOfOursIsAnAnswerToo() {
        EvidenceDesk broken = new EvidenceDesk(
                order -> {
                    throw new IllegalStateException("no");
                },
                null,
                (order, done) -> told.add(done),
                clock);
        broken.order(Orders.of("checkout-1", "com.shop.Order"));

        await().untilAsserted(() -> assertThat(told)
                .singleElement()
                .extracting(Done::sentence)
                .asString()
                .contains("failed unexpectedly"));
    }

    private Done take(EvidenceOrder order) {
        taken.incrementAndGet();
        try {
            go.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        StoredEvidence stored = new StoredEvidence(
                EvidenceKey.of(order.subject(), clock.instant(), EvidenceFile.Bundle),
                "s3://bucket/key",
                null,
                1,
                "00");
        return new Done(clock.instant(), stores ? stored : null, "done");
    }
}
