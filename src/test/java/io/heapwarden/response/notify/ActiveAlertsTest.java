package io.heapwarden.response.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.heapwarden.time.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActiveAlertsTest {

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final MovableClock clock = new MovableClock();
    private final ActiveAlerts alerts = new ActiveAlerts(INTERVAL, Map.of("cluster", "prod", "severity", "page"));

    @Test
    void whatStandsEndsFourIntervalsAheadEachTime() {
        assertThat(alerts.tell(Notices.leak("one"), now())).isTrue();
        assertThat(only().endsAt()).isEqualTo(now().plus(INTERVAL.multipliedBy(4)));

        clock.move(Duration.ofMinutes(30));

        assertThat(alerts.tell(Notices.leak("one"), now())).isFalse();
        assertThat(only().endsAt()).isEqualTo(now().plus(INTERVAL.multipliedBy(4)));
        assertThat(only().startsAt()).isEqualTo(Notices.SINCE);
    }

    @Test
    void anEndIsRepeatedForAWhile() {
        alerts.tell(Notices.leak("one"), now());
        alerts.tell(Notices.of(NoticeKind.PodGone, "one"), now());
        Instant end = now();

        clock.move(ActiveAlerts.RESOLVED_REPEATED);
        assertThat(only().endsAt()).isEqualTo(end);
        clock.move(Duration.ofSeconds(1));
        assertThat(alerts.toSend(now())).isEmpty();
    }

    @Test
    void anEndNobodyKnowsTheBeginningOfIsNoAlert() {
        assertThat(alerts.tell(Notices.of(NoticeKind.Recovered, "one"), now())).isFalse();
        assertThat(alerts.toSend(now())).isEmpty();
    }

    @Test
    void whatComesBackFiresAgain() {
        alerts.tell(Notices.leak("one"), now());
        alerts.tell(Notices.of(NoticeKind.Recovered, "one"), now());
        clock.move(Duration.ofMinutes(1));

        assertThat(alerts.tell(Notices.leak("one", now()), now())).isTrue();
        assertThat(only().endsAt()).isAfter(now());
        assertThat(only().startsAt()).isEqualTo(now());
    }

    @Test
    void aWorseOneEndsTheOneBefore() {
        alerts.tell(Notices.leak("one"), now());

        assertThat(alerts.tell(Notices.of(NoticeKind.Critical, "one"), now())).isTrue();

        assertThat(alerts.toSend(now()))
                .extracting(alert -> alert.labels().get("severity"), Alert::endsAt)
                .containsExactlyInAnyOrder(
                        tuple("warning", now()), tuple("critical", now().plus(INTERVAL.multipliedBy(4))));
    }

    @Test
    void whatNobodyTellsAnyMoreIsNotKeptAlive() {
        alerts.tell(Notices.leak("one"), now());

        clock.move(ActiveAlerts.STALE_AFTER);
        assertThat(alerts.toSend(now())).hasSize(1);
        clock.move(Duration.ofSeconds(1));
        assertThat(alerts.toSend(now())).isEmpty();
    }

    @Test
    void whatHappenedOnceFiresForAMoment() {
        alerts.tell(Notices.of(NoticeKind.Restarted, "one"), now());

        assertThat(only().endsAt()).isEqualTo(now().plus(ActiveAlerts.MOMENT));
        assertThat(only().labels()).containsEntry("kind", "Restarted").containsEntry("alertname", "JvmRestart");
    }

    @Test
    void findingsOfDifferentRulesAreDifferentAlerts() {
        alerts.tell(Notices.of(NoticeKind.Finding, "one").withDiscriminator("DebugAgent"), now());
        alerts.tell(Notices.of(NoticeKind.Finding, "one").withDiscriminator("JmxWithoutPassword"), now());
        alerts.tell(Notices.of(NoticeKind.FindingResolved, "one").withDiscriminator("DebugAgent"), now());

        List<Alert> all = alerts.toSend(now());
        assertThat(all).hasSize(2);
        assertThat(all.stream().filter(alert -> alert.endsAt().isAfter(now())).toList())
                .singleElement()
                .satisfies(alert -> assertThat(alert.labels()).containsEntry("discriminator", "JmxWithoutPassword"));
    }

    @Test
    void labelsThatAreAddedNeverReplaceOurs() {
        alerts.tell(Notices.leak("one"), now());

        assertThat(only().labels()).containsEntry("cluster", "prod").containsEntry("severity", "warning");
    }

    @Test
    void ofTooManyThoseThatMatterLeastGo() {
        for (int i = 0; i < 1000; i++) {
            alerts.tell(Notices.of(NoticeKind.Critical, "pod-" + i), now());
        }
        Notice warning = Notices.leak("one-more");
        alerts.tell(warning, now());

        assertThat(alerts.dropExcess(now())).contains(warning);
        assertThat(alerts.dropExcess(now())).isEmpty();
        assertThat(alerts.size()).isEqualTo(1000);
    }

    private Alert only() {
        List<Alert> all = alerts.toSend(now());
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private Instant now() {
        return clock.instant();
    }
}
