package io.heapwarden.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether something may be said now: not the same within a window, and not too much about one object. */
final class EventThrottle {

    /** A token bucket in its virtual form: the time at which the bucket will be full again. */
    private final Map<String, Instant> fullAgainAt = bounded();

    private final Map<String, Instant> saidAt = bounded();
    private final EventLimits limits;

    EventThrottle(EventLimits limits) {
        this.limits = limits;
    }

    /** Null if it may be said, and then it counts as said; else why not. */
    synchronized @Nullable EventResult admit(EventNotice notice) {
        Instant now = notice.at();
        String name = keyOf(notice);
        Instant said = saidAt.get(name);
        if (said != null && now.isBefore(said.plus(limits.dedupeWindow()))) {
            return EventResult.Deduplicated;
        }
        String object = notice.subject().uid();
        Instant full = fullAgainAt.getOrDefault(object, now);
        Instant next = (full.isBefore(now) ? now : full).plus(limits.refill());
        Duration debt = limits.refill().multipliedBy(limits.burst());
        if (next.isAfter(now.plus(debt))) {
            return EventResult.RateLimited;
        }
        fullAgainAt.put(object, next);
        saidAt.put(name, now);
        return null;
    }

    /** It was not said after all, so it may be tried again, at once or after a while. */
    synchronized void tryAgain(EventNotice notice, Duration after) {
        saidAt.put(keyOf(notice), notice.at().plus(after).minus(limits.dedupeWindow()));
    }

    synchronized int remembered() {
        return Math.max(saidAt.size(), fullAgainAt.size());
    }

    private static String keyOf(EventNotice notice) {
        return notice.subject().namespace() + "/" + notice.name();
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > EventLimits.REMEMBERED;
            }
        };
    }
}
