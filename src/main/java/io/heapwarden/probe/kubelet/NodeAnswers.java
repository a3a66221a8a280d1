package io.heapwarden.probe.kubelet;

import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one node last answered, and when it may be asked again. One caller asks; the others wait for what it gets. */
final class NodeAnswers {

    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    /**
     * What came of asking.
     *
     * @param wish how long the node asked to be left alone; null when it did not
     */
    record Asked(ProbeResult<NodeMemory> result, @Nullable Duration wish) {
        static Asked of(ProbeResult<NodeMemory> result) {
            return new Asked(result, null);
        }
    }

    private final KubeletLimits limits;

    /** Not a monitor: a virtual thread that waits for one would hold its carrier. */
    private final ReentrantLock asking = new ReentrantLock();

    private @Nullable NodeMemory newest;
    private Instant askAgainAt = Instant.MIN;
    private Duration pause = Duration.ZERO;
    private String why = "";
    private volatile Instant usedAt = Instant.MAX;

    NodeAnswers(KubeletLimits limits) {
        this.limits = limits;
    }

    ProbeResult<NodeMemory> newest(Clock clock, Supplier<Asked> ask) {
        asking.lock();
        try {
            Instant now = clock.instant();
            usedAt = now;
            NodeMemory known = newest;
            if (known != null && now.isBefore(known.readAt().plus(limits.freshFor()))) {
                return new Success<>(known);
            }
            if (now.isBefore(askAgainAt)) {
                return new Refusal<>(
                        RefusalReason.BackingOff,
                        why + "; asked again in "
                                + (Duration.between(now, askAgainAt).toSeconds() + 1) + " s");
            }
            Asked asked = ask.get();
            settle(asked, clock.instant());
            return asked.result();
        } finally {
            asking.unlock();
        }
    }

    boolean isForgotten(Instant now) {
        return !asking.isLocked() && usedAt.isBefore(now.minus(FORGOTTEN));
    }

    private void settle(Asked asked, Instant now) {
        switch (asked.result()) {
            case Success<NodeMemory>(NodeMemory memory) -> {
                newest = memory;
                pause = Duration.ZERO;
                askAgainAt = Instant.MIN;
            }
            case Refusal<NodeMemory> refusal -> leaveAlone(refusal.detail(), asked.wish(), now);
            case Failure<NodeMemory> failure -> leaveAlone(failure.detail(), asked.wish(), now);
        }
    }

    private void leaveAlone(String reason, @Nullable Duration wish, Instant now) {
        Duration doubled = pause.isZero() ? limits.firstBackOff() : pause.multipliedBy(2);
        pause = shorter(doubled, limits.longestBackOff());
        Duration wait = wish == null ? pause : shorter(wish, limits.longestBackOff());
        askAgainAt = now.plus(wait.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : wait);
        why = reason;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
