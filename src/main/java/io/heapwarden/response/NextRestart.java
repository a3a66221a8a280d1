package io.heapwarden.response;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** When the pace that a policy keeps lets the next restart of a workload through, if nothing else speaks against it. */
public final class NextRestart {

    private static final Duration DAY = Duration.ofHours(24);

    private NextRestart() {}

    /**
     * Looks only at time: cooldown, the day's count and windows.
     *
     * @param acts of the workload, in any order
     * @return empty when it could be now, or when no window opens any more
     */
    public static Optional<Instant> of(RestartRules rules, List<PastAction> acts, Instant now) {
        List<Instant> times = acts.stream()
                .filter(act -> act.outcome().isAct())
                .map(PastAction::at)
                .sorted(Comparator.reverseOrder())
                .toList();
        Instant next = now;
        if (!times.isEmpty()) {
            next = later(next, times.getFirst().plus(rules.cooldown()));
        }
        if (times.size() >= rules.maxPerDay()) {
            next = later(next, times.get(rules.maxPerDay() - 1).plus(DAY));
        }
        Optional<Instant> opened = opened(rules.windows(), next);
        return opened.filter(time -> time.isAfter(now));
    }

    private static Optional<Instant> opened(List<RestartWindow> windows, Instant from) {
        if (windows.isEmpty() || windows.stream().anyMatch(window -> window.contains(from))) {
            return Optional.of(from);
        }
        return windows.stream()
                .flatMap(window -> window.nextOpening(from).stream())
                .min(Comparator.naturalOrder());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
