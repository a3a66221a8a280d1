package io.heapwarden.response.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Keeps the alerts of one receiver alive in all of its Alertmanagers, which agree among themselves on who tells people. */
final class AlertmanagerReceiver implements Receiver {

    private final ActiveAlerts alerts;
    private final List<AlertmanagerPeer> peers;
    private final HttpPost http;
    private final DeliveryLog log;
    private final Clock clock;

    /**
     * @param peers makes those that keep one Alertmanager told each
     */
    AlertmanagerReceiver(
            ActiveAlerts alerts,
            Function<ActiveAlerts, List<AlertmanagerPeer>> peers,
            HttpPost http,
            DeliveryLog log,
            Clock clock) {
        this.alerts = alerts;
        this.peers = peers.apply(alerts);
        this.http = http;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public OfferResult offer(Notice notice) {
        Instant now = clock.instant();
        boolean changed = alerts.tell(notice, now);
        Optional<Notice> dropped = alerts.dropExcess(now);
        dropped.ifPresent(lost -> log.lost(Letter.first(0, lost, now), LossReason.Overflow));
        if (changed) {
            peers.forEach(AlertmanagerPeer::wake);
        }
        if (dropped.isPresent() && dropped.get() == notice) {
            return OfferResult.Dropped;
        }
        return changed ? OfferResult.Accepted : OfferResult.Repeated;
    }

    @Override
    public ReceiverStatus status() {
        return log.status(alerts.size());
    }

    @Override
    public void close(Duration grace) {
        Instant by = clock.instant().plus(grace);
        peers.forEach(peer -> peer.stop(by));
        try {
            for (AlertmanagerPeer peer : peers) {
                Duration left = Duration.between(clock.instant(), by);
                peer.join(left.isNegative() ? Duration.ZERO : left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
