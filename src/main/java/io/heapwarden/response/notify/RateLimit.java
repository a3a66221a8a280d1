package io.heapwarden.response.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets so many notices through within a minute, and knows what it held back. Not safe for use by many threads. */
final class RateLimit {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int perMinute;
    private final Map<NoticeKind, Integer> heldBack = new EnumMap<>(NoticeKind.class);
    private @Nullable Instant opened;
    private int used;

    RateLimit(int perMinute) {
        this.perMinute = perMinute;
    }

    /** Whether this one may go. One that may not is counted as held back. */
    boolean admits(Notice notice, Instant now) {
        if (opened == null || !now.isBefore(opened.plus(WINDOW))) {
            opened = now;
            used = 0;
        }
        int most = notice.severity() == Severity.Critical ? 2 * perMinute : perMinute;
        if (used < most) {
            used++;
            return true;
        }
        heldBack.merge(notice.kind(), 1, Integer::sum);
        return false;
    }

    /** When what was held back is to be summed up; null when nothing was. */
    @Nullable
    Instant summaryDue() {
        return heldBack.isEmpty() || opened == null ? null : opened.plus(WINDOW);
    }

    /** Says what was held back, and forgets it. */
    Notice summary(Instant now) {
        int all = heldBack.values().stream().mapToInt(Integer::intValue).sum();
        String kinds = heldBack.entrySet().stream()
                .map(held -> held.getKey() + " " + held.getValue())
                .collect(Collectors.joining(", "));
        heldBack.clear();
        String sentence = all + " more " + (all == 1 ? "notice was" : "notices were")
                + " not sent here, since no more than " + perMinute + " may be within a minute: " + kinds
                + ". Look at the policies' status for the pods.";
        return Notice.of(NoticeKind.NotSent, Subject.NONE, sentence, now);
    }
}
