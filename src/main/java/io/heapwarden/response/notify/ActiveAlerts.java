package io.heapwarden.response.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that fire, and those that fired a moment ago. Alertmanager forgets an alert at its {@code endsAt}, so one that stands is sent again and
 * again with an end that lies four intervals ahead, and one that is over is repeated for 15 minutes, as Prometheus does (rules/alerting.go): a
 * message that is lost is made good by the next. Nothing has to be remembered over a restart, since what is judged again has the same labels.
 *
 * <p>An alert fires while it is told. One that nobody told for an hour is not sent any more, and Alertmanager resolves it: silence of ours must not
 * keep anybody awake. Safe for use by many threads.
 */
final class ActiveAlerts {

    static final int INTERVALS_AHEAD = 4;
    /** What happens at one moment fires for so long: an alert that ends before its group is first notified is never heard of. */
    static final Duration MOMENT = Duration.ofMinutes(15);

    static final Duration RESOLVED_REPEATED = Duration.ofMinutes(15);
    static final Duration STALE_AFTER = Duration.ofHours(1);
    private static final int MOST = 1000;

    /**
     * @param notice as it was told last
     * @param toldAt when that was
     * @param end when it was over; null while it stands
     */
    private record Standing(Notice notice, Instant toldAt, @Nullable Instant end) {

        Standing endedAt(Instant time) {
            return new Standing(notice, toldAt, time);
        }

        boolean fires(Instant now) {
            return end == null || end.isAfter(now);
        }
    }

    private final Duration interval;
    private final Map<String, String> added;
    private final Map<Map<String, String>, Standing> alerts = new LinkedHashMap<>();

    /**
     * @param interval between two sends of the same
     * @param added labels of every alert
     */
    ActiveAlerts(Duration interval, Map<String, String> added) {
        this.interval = interval;
        this.added = added;
    }

    /**
     * Takes what is told.
     *
     * @return whether it is to be sent soon: an alert came, changed its labels or ended
     */
    synchronized boolean tell(Notice notice, Instant now) {
        return switch (notice.kind().phase()) {
            case Begins -> begin(notice, now, null);
            case Once, Repeats -> begin(notice, now, now.plus(MOMENT));
            case Ends -> end(notice, null, endOf(notice, now));
        };
    }

    /** What is to be sent now. */
    synchronized List<Alert> toSend(Instant now) {
        alerts.values().removeIf(standing -> isOver(standing, now));
        List<Alert> all = new ArrayList<>(alerts.size());
        alerts.forEach((labels, standing) -> all.add(alert(labels, standing, now)));
        return all;
    }

    /** The last of those that matter least, to be dropped because there are more than 1,000; those that are over go first. */
    synchronized Optional<Notice> dropExcess(Instant now) {
        if (alerts.size() <= MOST) {
            return Optional.empty();
        }
        Map.Entry<Map<String, String>, Standing> least = alerts.entrySet().stream()
                .min(Comparator.comparing((Map.Entry<Map<String, String>, Standing> entry) ->
                                entry.getValue().fires(now))
                        .thenComparing(entry -> entry.getValue().notice().severity())
                        .thenComparing(entry -> entry.getValue().toldAt()))
                .orElseThrow();
        alerts.remove(least.getKey());
        return Optional.of(least.getValue().notice());
    }

    synchronized int size() {
        return alerts.size();
    }

    private boolean begin(Notice notice, Instant now, @Nullable Instant end) {
        Map<String, String> labels = Map.copyOf(Alert.labelsOf(notice, added));
        // Another severity or verdict is another alert, and the one before it is over.
        boolean relabelled = end == null && end(notice, labels, now);
        Standing before = alerts.put(labels, new Standing(notice, now, end));
        return relabelled || before == null || !before.fires(now);
    }

    private boolean end(Notice notice, @Nullable Map<String, String> except, Instant at) {
        String incident = notice.incident();
        boolean ended = false;
        for (Map.Entry<Map<String, String>, Standing> entry : alerts.entrySet()) {
            Standing standing = entry.getValue();
            if (standing.end() == null
                    && !entry.getKey().equals(except)
                    && standing.notice().incident().equals(incident)) {
                entry.setValue(standing.endedAt(at));
                ended = true;
            }
        }
        return ended;
    }

    /** Never ahead: Alertmanager would go on firing it until then. */
    private static Instant endOf(Notice notice, Instant now) {
        Instant end = notice.endsAt();
        return end == null || end.isAfter(now) ? now : end;
    }

    private static boolean isOver(Standing standing, Instant now) {
        return standing.end() == null
                ? now.isAfter(standing.toldAt().plus(STALE_AFTER))
                : now.isAfter(standing.end().plus(RESOLVED_REPEATED));
    }

    private Alert alert(Map<String, String> labels, Standing standing, Instant now) {
        Notice notice = standing.notice();
        Instant end = standing.end() == null ? now.plus(interval.multipliedBy(INTERVALS_AHEAD)) : standing.end();
        // Alertmanager refuses one that ends before it starts.
        Instant start = notice.startsAt().isAfter(end) ? end : notice.startsAt();
        Links links = notice.links();
        return new Alert(
                labels,
                Alert.annotationsOf(notice),
                links.evidence() != null ? links.evidence() : links.runbook(),
                start,
                end);
    }
}
