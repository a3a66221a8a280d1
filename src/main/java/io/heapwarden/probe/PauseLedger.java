package io.heapwarden.probe;

import io.heapwarden.jvm.Collector;
import io.heapwarden.jvm.JvmCounters;
import io.heapwarden.probe.SafetyBudget.Pause;
import io.heapwarden.probe.SafetyBudget.Walk;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Predicts how long a container would be paused, and keeps account of how long it was. A first prediction is by the collector and the heap; the
 * next ones are by what the JVM's own safepoint counters said of the one before. Safe for use by many threads.
 */
final class PauseLedger {

    /** A pause seen is taken this much longer when it is expected again: it depends on what else the machine does. */
    private static final double MARGIN = 1.5;

    private static final double NANOS = 1e9;

    /**
     * Of one container.
     *
     * @param spent pauses not yet made good by time
     * @param at when that was so
     * @param seen the last pause that was measured; null when none was
     * @param open a pause that is charged as predicted and not measured yet; null when there is none
     */
    private record Account(Duration spent, Instant at, @Nullable Seen seen, @Nullable Open open) {}

    /** A measured pause, with the heap it was of and whether a collection came first. */
    private record Seen(Duration pause, Walk walk) {}

    /** A pause whose length the next counters will tell: they can only say more than it was, and so can the time it took to get the answer. */
    private record Open(int pid, Duration charged, Duration answeredIn, Stopped before, Walk walk) {}

    /** How long a JVM has stood still since its start, and how much of it was for collections. */
    private record Stopped(double seconds, double collecting) {}

    private final Clock clock;
    private final PauseLimits limits;
    private final Remembered<Account> accounts = new Remembered<>();

    PauseLedger(Clock clock, PauseLimits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /** How long a histogram would stop this container, at most. */
    Duration predicted(String containerId, Collector collector, long heap, boolean live) {
        Account account = accounts.get(containerId);
        Seen seen = account == null ? null : account.seen();
        if (seen == null || seen.walk().live() != live) {
            return PausePrediction.of(collector, heap, live);
        }
        double growth = Math.max(1, (double) heap / Math.max(1, seen.walk().heap()));
        return Duration.ofNanos(Math.round(seen.pause().toNanos() * growth * MARGIN));
    }

    /** How long to wait until such a pause is within the share of time that is allowed; zero when it is already. */
    Duration untilAffordable(String containerId, Duration pause) {
        Duration over = spent(containerId).plus(pause).minus(limits.allowance());
        return over.isNegative() ? Duration.ZERO : Duration.ofNanos(Math.round(over.toNanos() / limits.share()));
    }

    /**
     * Charges a pause that has been.
     *
     * @param before what the JVM's counters said right before
     * @param pause as it was predicted
     * @param answeredIn from asking to the end of the answer
     */
    void charge(String containerId, Inspection before, Pause pause, Duration answeredIn) {
        Stopped stopped = stopped(before.counters());
        Open open = stopped == null || pause.walk() == null
                ? null
                : new Open(before.pid(), pause.predicted(), answeredIn, stopped, pause.walk());
        change(
                containerId,
                account -> new Account(account.spent().plus(pause.predicted()), account.at(), account.seen(), open));
    }

    /** Learns from later counters how long the last pause really was. */
    void learn(String containerId, Inspection now) {
        Account known = accounts.get(containerId);
        if (known == null || known.open() == null) {
            return;
        }
        Stopped stopped = stopped(now.counters());
        change(containerId, account -> {
            Open open = account.open();
            if (open == null) {
                return account;
            }
            if (stopped == null
                    || now.pid() != open.pid()
                    || stopped.seconds() < open.before().seconds()) {
                return new Account(account.spent(), account.at(), account.seen(), null);
            }
            Duration pause = measured(open, stopped);
            Duration spent = account.spent().minus(open.charged()).plus(pause);
            return new Account(
                    spent.isNegative() ? Duration.ZERO : spent, account.at(), new Seen(pause, open.walk()), null);
        });
    }

    private static Duration measured(Open open, Stopped now) {
        double stood = now.seconds() - open.before().seconds();
        // A full collection is part of a live histogram's pause; other collections meanwhile are not.
        double ours = open.walk().live()
                ? stood
                : stood - (now.collecting() - open.before().collecting());
        Duration pause = Duration.ofNanos(Math.round(Math.max(0, ours) * NANOS));
        return pause.compareTo(open.answeredIn()) < 0 ? pause : open.answeredIn();
    }

    private Duration spent(String containerId) {
        Account account = accounts.get(containerId);
        return account == null ? Duration.ZERO : settled(account).spent();
    }

    private void change(String containerId, UnaryOperator<Account> change) {
        accounts.change(
                containerId,
                id -> new Account(Duration.ZERO, clock.instant(), null, null),
                account -> change.apply(settled(account)));
    }

    /** Time makes good what was spent, at the rate of the share. */
    private Account settled(Account account) {
        Instant now = clock.instant();
        long passed = Math.max(0, Duration.between(account.at(), now).toNanos());
        Duration left = account.spent().minusNanos(Math.round(passed * limits.share()));
        return new Account(left.isNegative() ? Duration.ZERO : left, now, account.seen(), account.open());
    }

    private static @Nullable Stopped stopped(@Nullable JvmCounters counters) {
        if (counters == null || counters.safepoints().seconds() == null) {
            return null;
        }
        Double collecting = counters.collections().pauseSeconds();
        return new Stopped(counters.safepoints().seconds(), collecting == null ? 0 : collecting);
    }
}
