package io.heapwarden.response.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.response.notify.LetterQueue.Step;
import io.heapwarden.response.notify.SendResult.Delivered;
import io.heapwarden.response.notify.SendResult.Refused;
import io.heapwarden.response.notify.SendResult.Retry;
import io.heapwarden.time.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LetterQueueTest {

    private static final Retry BUSY = new Retry("answers 500", null, false);
    private static final Retry DOWN = new Retry("nothing accepts connections", null, true);

    private final MovableClock clock = new MovableClock();
    private final Counted counted = new Counted();
    private final DeliveryLog log = new DeliveryLog("audit", ReceiverType.Webhook, counted, clock);

    @Test
    void goesInOrderAndThenIdles() {
        LetterQueue queue = queue(limits(10, 100));
        queue.offer(Notices.leak("one"), now());
        queue.offer(Notices.leak("two"), now());

        assertThat(sendAll(queue)).containsExactly("one", "two");
        assertThat(queue.next(now())).isEqualTo(new Step.Idle());
    }

    @Test
    void waitsLongerAfterEachFailureAndKeepsTheId() {
        LetterQueue queue = queue(limits(10, 100));
        queue.offer(Notices.leak("one"), now());
        List<String> ids = new ArrayList<>();
        List<Long> waits = new ArrayList<>();

        for (int i = 0; i < 6; i++) {
            Letter letter = letter(queue);
            ids.add(letter.id());
            queue.settle(letter, BUSY, now());
            Instant again = ((Step.WaitUntil) queue.next(now())).time();
            waits.add(Duration.between(now(), again).toMillis());
            clock.move(Duration.between(now(), again));
        }

        assertThat(ids).containsOnly(ids.getFirst());
        for (int i = 0; i < waits.size(); i++) {
            long whole = Math.min(1000L << i, 20_000);
            assertThat(waits.get(i)).isBetween(whole / 2, whole);
        }
    }

    @Test
    void oneThatFailsByItselfLetsOthersPassButNotThoseOfItsIncident() {
        LetterQueue queue = queue(limits(10, 100));
        queue.offer(Notices.leak("one"), now());
        queue.offer(Notices.of(NoticeKind.Recovered, "one"), now());
        queue.offer(Notices.leak("two"), now());
        queue.settle(letter(queue), BUSY, now());

        assertThat(sendAll(queue)).containsExactly("two");
        clock.move(Duration.ofSeconds(1));
        assertThat(sendAll(queue)).containsExactly("one", "one");
    }

    @Test
    void aReceiverThatIsDownIsLeftAloneByAll() {
        LetterQueue queue = queue(limits(10, 100));
        queue.offer(Notices.leak("one"), now());
        queue.offer(Notices.leak("two"), now());
        queue.settle(letter(queue), DOWN, now());

        assertThat(queue.next(now())).isInstanceOf(Step.WaitUntil.class);
        clock.move(Duration.ofSeconds(1));
        assertThat(sendAll(queue)).containsExactly("one", "two");
    }

    @Test
    void aReceiverIsNotAskedBeforeItWantsToBe() {
        LetterQueue queue = queue(limits(10, 100));
        queue.offer(Notices.leak("one"), now());
        queue.settle(letter(queue), new Retry("answers 429", Duration.ofSeconds(37), true), now());

        assertThat(queue.next(now())).isEqualTo(new Step.WaitUntil(now().plusSeconds(37)));
    }

    @Test
    void isGivenUpAfterItsAttemptsAndIsNewsThenIfItIsToldAgain() {
        LetterQueue queue = queue(new OutboxLimits(10, 3, Duration.ofHours(1), 100, Duration.ofHours(4)));
        queue.offer(Notices.leak("one"), now());
        for (int i = 0; i < 3; i++) {
            clock.move(Duration.ofSeconds(20));
            queue.settle(letter(queue), BUSY, now());
        }

        assertThat(counted.lost).containsExactly(LossReason.AttemptsExhausted);
        assertThat(log.status(0).deadLetters()).singleElement().satisfies(dead -> {
            assertThat(dead.attempts()).isEqualTo(3);
            assertThat(dead.lastError()).isEqualTo("answers 500");
        });
        assertThat(queue.offer(Notices.leak("one"), now())).isEqualTo(OfferResult.Accepted);
    }

    @Test
    void isGivenUpWhenItIsNoNewsAnyMore() {
        LetterQueue queue = queue(limits(10, 100));
        queue.offer(Notices.leak("one"), now());
        queue.settle(letter(queue), DOWN, now());
        clock.move(Duration.ofMinutes(61));

        assertThat(queue.next(now())).isEqualTo(new Step.Idle());
        assertThat(counted.lost).containsExactly(LossReason.TooOld);
    }

    @Test
    void whatIsNotWantedIsNeverSentAgain() {
        LetterQueue queue = queue(limits(10, 100));
        queue.offer(Notices.leak("one"), now());
        queue.settle(letter(queue), new Refused("answers 400"), now());

        assertThat(queue.next(now())).isEqualTo(new Step.Idle());
        assertThat(counted.lost).containsExactly(LossReason.Refused);
        assertThat(log.status(0).lastError()).isEqualTo("answers 400");
    }

    @Test
    void dropsTheOldestOfThoseThatMatterLeast() {
        LetterQueue queue = queue(limits(3, 100));
        queue.offer(Notices.of(NoticeKind.Critical, "critical"), now());
        queue.offer(Notices.of(NoticeKind.WouldRestart, "info-old"), now());
        queue.offer(Notices.of(NoticeKind.WouldRestart, "info-new"), now());

        assertThat(queue.offer(Notices.leak("warning"), now())).isEqualTo(OfferResult.Accepted);
        assertThat(queue.offer(Notices.leak("warning-2"), now())).isEqualTo(OfferResult.Accepted);
        assertThat(queue.offer(Notices.of(NoticeKind.WouldRestart, "info-last"), now()))
                .isEqualTo(OfferResult.Dropped);
        assertThat(counted.lost).containsOnly(LossReason.Overflow).hasSize(3);
        assertThat(sendAll(queue)).containsExactly("critical", "warning", "warning-2");
    }

    @Test
    void holdsBackWhatIsTooMuchAndSumsItUp() {
        LetterQueue queue = queue(limits(100, 2));
        for (int i = 0; i < 5; i++) {
            queue.offer(Notices.leak("pod-" + i), now());
        }
        queue.offer(Notices.of(NoticeKind.Critical, "critical"), now());

        assertThat(sendAll(queue)).containsExactly("pod-0", "pod-1", "critical");
        assertThat(queue.next(now())).isEqualTo(new Step.WaitUntil(now().plusSeconds(60)));
        clock.move(Duration.ofSeconds(60));
        Notice summary = letter(queue).notice();
        assertThat(summary.kind()).isEqualTo(NoticeKind.NotSent);
        assertThat(summary.sentence())
                .startsWith("3 more notices were not sent here")
                .contains("LeakConfirmed 3");
        assertThat(queue.next(now())).isEqualTo(new Step.Idle());
        assertThat(counted.lost).containsOnly(LossReason.RateLimited).hasSize(3);
    }

    @Test
    void repetitionsDoNotCountForTheRate() {
        LetterQueue queue = queue(limits(100, 1));
        queue.offer(Notices.leak("one"), now());
        for (int i = 0; i < 4; i++) {
            queue.settle(letter(queue), BUSY, now());
            clock.move(Duration.ofSeconds(8));
        }

        assertThat(sendAll(queue)).containsExactly("one");
        assertThat(counted.lost).isEmpty();
    }

    @Test
    void theSameIsToldOnceUntilItIsOver() {
        LetterQueue queue = queue(limits(10, 100));

        assertThat(queue.offer(Notices.leak("one"), now())).isEqualTo(OfferResult.Accepted);
        assertThat(queue.offer(Notices.leak("one"), now())).isEqualTo(OfferResult.Repeated);
        assertThat(queue.offer(Notices.of(NoticeKind.Critical, "one"), now())).isEqualTo(OfferResult.Accepted);
        queue.offer(Notices.of(NoticeKind.Recovered, "one"), now());
        assertThat(queue.offer(Notices.leak("one"), now())).isEqualTo(OfferResult.Accepted);
        clock.move(Duration.ofHours(4));
        assertThat(queue.offer(Notices.leak("one"), now())).isEqualTo(OfferResult.Accepted);
    }

    private LetterQueue queue(OutboxLimits limits) {
        return new LetterQueue(limits, new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(20), new Random(1)), log);
    }

    private static OutboxLimits limits(int capacity, int perMinute) {
        return new OutboxLimits(capacity, 20, Duration.ofHours(1), perMinute, Duration.ofHours(4));
    }

    private Letter letter(LetterQueue queue) {
        return ((Step.Send) queue.next(now())).letter();
    }

    private List<String> sendAll(LetterQueue queue) {
        List<String> pods = new ArrayList<>();
        while (queue.next(now()) instanceof Step.Send(Letter letter)) {
            pods.add(String.valueOf(letter.notice().subject().pod()));
            queue.settle(letter, new Delivered(), now());
        }
        return pods;
    }

    private Instant now() {
        return clock.instant();
    }
}
