package io.heapwarden.response.notify;

import io.heapwarden.response.notify.SendResult.Delivered;
import io.heapwarden.response.notify.SendResult.Refused;
import io.heapwarden.response.notify.SendResult.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which letter goes next and when. Letters of one incident keep their order; one that fails by itself lets others pass; a receiver that is
 * down is left alone by all. Knows the time only from its caller. Not safe for use by many threads.
 */
final class LetterQueue {

    /** What to do now. */
    sealed interface Step {

        /** Send this one, then settle it. */
        record Send(Letter letter) implements Step {}

        /** Look again at this time, or when something was added. */
        record WaitUntil(Instant time) implements Step {}

        /** Look again when something was added. */
        record Idle() implements Step {}
    }

    private final OutboxLimits limits;
    private final BackOff backOff;
    private final DeliveryLog log;
    private final RateLimit rate;
    private final SaidBefore said;
    private final TreeMap<Long, Letter> waiting = new TreeMap<>();
    private long accepted;
    private int failuresInARow;
    private @Nullable Instant receiverNotBefore;

    LetterQueue(OutboxLimits limits, BackOff backOff, DeliveryLog log) {
        this.limits = limits;
        this.backOff = backOff;
        this.log = log;
        this.rate = new RateLimit(limits.perMinute());
        this.said = new SaidBefore(limits.repeatAfter());
    }

    /** Takes a notice; when too many wait, the oldest of those that matter least is dropped, which may be this one. */
    OfferResult offer(Notice notice, Instant now) {
        if (said.isRepeated(notice, now)) {
            return OfferResult.Repeated;
        }
        Letter letter = add(notice, now);
        if (waiting.size() <= limits.capacity()) {
            return OfferResult.Accepted;
        }
        Letter dropped = leastImportant();
        lose(dropped, LossReason.Overflow);
        return dropped == letter ? OfferResult.Dropped : OfferResult.Accepted;
    }

    /** What to do now. A letter that is to be sent is no longer waiting. */
    Step next(Instant now) {
        expire(now);
        Instant summaryDue = rate.summaryDue();
        if (summaryDue != null && !now.isBefore(summaryDue)) {
            Letter summary = add(rate.summary(now), now).admit();
            waiting.put(summary.sequence(), summary);
            summaryDue = null;
        }
        if (receiverNotBefore != null && now.isBefore(receiverNotBefore)) {
            return new Step.WaitUntil(receiverNotBefore);
        }
        Optional<Letter> due = firstDue(now);
        if (due.isPresent()) {
            waiting.remove(due.get().sequence());
            return new Step.Send(due.get().admit());
        }
        Optional<Instant> retry = waiting.values().stream()
                .map(Letter::notBefore)
                .flatMap(Stream::ofNullable)
                .min(Comparator.naturalOrder());
        return earliest(retry.orElse(null), rate.summaryDue())
                .<Step>map(Step.WaitUntil::new)
                .orElseGet(Step.Idle::new);
    }

    /** What became of a letter that was sent. */
    void settle(Letter letter, SendResult result, Instant now) {
        switch (result) {
            case Delivered delivered -> {
                failuresInARow = 0;
                log.delivered();
            }
            case Refused(String reason) -> {
                failuresInARow = 0;
                log.refused(letter, reason);
                // Not forgotten: it would be refused with every sample.
            }
            case Retry retry -> postpone(letter, retry, now);
        }
    }

    /** Gives up all that wait. */
    void stop() {
        for (Letter letter : List.copyOf(waiting.values())) {
            lose(letter, LossReason.Stopped);
        }
    }

    int size() {
        return waiting.size();
    }

    private Letter add(Notice notice, Instant now) {
        said.remember(notice, now);
        Letter letter = Letter.first(accepted++, notice, now);
        waiting.put(letter.sequence(), letter);
        return letter;
    }

    private void expire(Instant now) {
        Instant oldest = now.minus(limits.age());
        for (Letter letter : List.copyOf(waiting.values())) {
            if (letter.acceptedAt().isBefore(oldest)) {
                lose(letter, LossReason.TooOld);
            }
        }
    }

    /** The first that may go; those that the rate limit holds back are lost on the way. */
    private Optional<Letter> firstDue(Instant now) {
        Set<String> held = new HashSet<>();
        for (Iterator<Letter> letters = waiting.values().iterator(); letters.hasNext(); ) {
            Letter letter = letters.next();
            boolean early = letter.notBefore() != null && now.isBefore(letter.notBefore());
            String incident = letter.notice().incident();
            if (early || held.contains(incident)) {
                held.add(incident);
            } else if (letter.admitted() || rate.admits(letter.notice(), now)) {
                return Optional.of(letter);
            } else {
                letters.remove();
                log.lost(letter, LossReason.RateLimited);
            }
        }
        return Optional.empty();
    }

    private void postpone(Letter letter, Retry retry, Instant now) {
        log.attemptFailed(retry.reason());
        Duration asked = retry.after() == null ? Duration.ZERO : retry.after();
        if (retry.down()) {
            receiverNotBefore = now.plus(longer(asked, backOff.after(++failuresInARow)));
        }
        Letter later = letter.triedAgainAt(now.plus(longer(asked, backOff.after(letter.attempts() + 1))));
        if (later.attempts() >= limits.attempts()) {
            lose(later, LossReason.AttemptsExhausted);
        } else {
            waiting.put(later.sequence(), later);
        }
    }

    private void lose(Letter letter, LossReason reason) {
        waiting.remove(letter.sequence());
        said.forget(letter.notice());
        log.lost(letter, reason);
    }

    private Letter leastImportant() {
        return waiting.values().stream()
                .min(Comparator.comparing((Letter letter) -> letter.notice().severity())
                        .thenComparing(Letter::sequence))
                .orElseThrow();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Optional<Instant> earliest(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return Optional.ofNullable(one == null ? other : one);
        }
        return Optional.of(one.isBefore(other) ? one : other);
    }
}
