package io.heapwarden.security.falco;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells events that came before: those of the same rule, time, node and container. Falco's times have nanoseconds, so that two of these are the same
 * event, sent again, or sent on two ways. Kept as 64-bit digests with a random key; that two events share one by chance is not to be expected: 10<sup>-10</sup> with all
 * that are kept. Not safe for use by many threads.
 */
final class SeenEvents {

    static final Duration WINDOW = Duration.ofMinutes(10);
    static final int MOST = 32_768;

    private final long key = new SecureRandom().nextLong();
    private final Map<Long, Instant> seen = new LinkedHashMap<>();

    /** Whether this is the first time; remembers it. */
    boolean first(FalcoEvent event, Instant now) {
        forget(now);
        return seen.putIfAbsent(digest(event), now) == null;
    }

    private void forget(Instant now) {
        var eldest = seen.entrySet().iterator();
        while (eldest.hasNext()) {
            Instant at = eldest.next().getValue();
            if (seen.size() < MOST && at.plus(WINDOW).isAfter(now)) {
                return;
            }
            eldest.remove();
        }
    }

    private long digest(FalcoEvent event) {
        long digest = mixed(key, event.time().getEpochSecond());
        digest = mixed(digest, event.time().getNano());
        digest = mixed(digest, event.rule());
        digest = mixed(digest, event.hostname());
        String container = event.field(FalcoField.ContainerId);
        return mixed(digest, container == null ? "" : container);
    }

    private static long mixed(long digest, String text) {
        long mixed = mixed(digest, text.length());
        for (int i = 0; i < text.length(); i++) {
            mixed = 31 * mixed + text.charAt(i);
        }
        return mixed(mixed, 0);
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mixed(long digest, long value) {
        long z = (digest ^ value) + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
