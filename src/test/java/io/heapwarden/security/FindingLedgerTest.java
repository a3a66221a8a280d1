package io.heapwarden.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.security.FindingLedger.Change;
import io.heapwarden.security.FindingLedger.Changes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingLedgerTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FindingLedger ledger = new FindingLedger();

    @Test
    void theSameIsCountedNotRepeated() {
        assertThat(ledger.see(event("Shell", Severity.High), NOON)).isEqualTo(Change.New);
        assertThat(ledger.see(event("Shell", Severity.High), NOON.plus(MINUTE))).isEqualTo(Change.Again);

        Finding only = ledger.findings().getFirst();
        assertThat(ledger.findings()).hasSize(1);
        assertThat(only.count()).isEqualTo(2);
        assertThat(only.firstSeen()).isEqualTo(NOON);
        assertThat(only.lastSeen()).isEqualTo(NOON.plus(MINUTE));
    }

    @Test
    void whatGetsWorseIsSaidToBe() {
        ledger.see(event("Shell", Severity.Medium), NOON);

        assertThat(ledger.see(event("Shell", Severity.Critical), NOON.plus(MINUTE)))
                .isEqualTo(Change.Worse);
        assertThat(ledger.worst().orElseThrow().severity()).isEqualTo(Severity.Critical);
    }

    @Test
    void anEventThatComesLateMovesTheBeginningOnly() {
        ledger.see(event("Shell", Severity.Critical), NOON);
        ledger.see(event("Shell", Severity.Low), NOON.minus(MINUTE));

        Finding only = ledger.findings().getFirst();
        assertThat(only.firstSeen()).isEqualTo(NOON.minus(MINUTE));
        assertThat(only.lastSeen()).isEqualTo(NOON);
        assertThat(only.severity()).isEqualTo(Severity.Critical);
    }

    @Test
    void whatACheckNoLongerSaysIsOver() {
        Observation debugPort = check("debug-port", "app", Severity.Critical);
        Observation root = check("root", "app", Severity.Medium);
        Observation other = check("root", "other", Severity.Medium);
        ledger.stand(FindingSource.Jvm, "other", List.of(other), NOON);

        Changes first = ledger.stand(FindingSource.Jvm, "app", List.of(debugPort, root), NOON);
        Changes second = ledger.stand(FindingSource.Jvm, "app", List.of(root), NOON.plus(MINUTE));

        assertThat(first.begun()).extracting(Finding::observation).containsExactly(debugPort, root);
        assertThat(first.ended()).isEmpty();
        assertThat(second.begun()).isEmpty();
        assertThat(second.ended()).extracting(Finding::observation).containsExactly(debugPort);
        assertThat(ledger.findings()).extracting(Finding::observation).containsExactlyInAnyOrder(root, other);
    }

    @Test
    void anEventGoesADayAfterItHappenedLast() {
        ledger.see(event("Shell", Severity.High), NOON);
        ledger.stand(FindingSource.Jvm, "app", List.of(check("root", "app", Severity.Medium)), NOON);

        assertThat(ledger.age(NOON.plus(FindingLedger.EVENT_AGE).minusSeconds(1)))
                .isEmpty();
        assertThat(ledger.age(NOON.plus(FindingLedger.EVENT_AGE))).hasSize(1);
        assertThat(ledger.findings())
                .extracting(finding -> finding.key().rule())
                .containsExactly("root");
    }

    @Test
    void theWorstAreKept() {
        for (int i = 0; i < FindingLedger.MOST; i++) {
            ledger.see(event("rule " + i, Severity.Medium), NOON);
        }

        assertThat(ledger.see(event("mild", Severity.Medium), NOON)).isEqualTo(Change.Dropped);
        assertThat(ledger.see(event("bad", Severity.Critical), NOON)).isEqualTo(Change.New);

        assertThat(ledger.findings()).hasSize(FindingLedger.MOST);
        assertThat(ledger.findings().getFirst().key().rule()).isEqualTo("bad");
        assertThat(ledger.dropped()).isEqualTo(2);
    }

    @Test
    void anotherOperatorGoesOnFromWhatWasKnown() {
        ledger.see(event("Shell", Severity.High), NOON);
        FindingLedger next = new FindingLedger();
        next.restore(ledger.findings());

        assertThat(next.see(event("Shell", Severity.High), NOON.plus(MINUTE))).isEqualTo(Change.Again);
        assertThat(next.findings().getFirst().count()).isEqualTo(2);
    }

    private static Observation event(String rule, Severity severity) {
        return new Observation(
                new Observation.Key(FindingSource.Falco, rule, "app", "sh"), severity, "seen", "look", "", true);
    }

    private static Observation check(String rule, String container, Severity severity) {
        return new Observation(
                new Observation.Key(FindingSource.Jvm, rule, container, ""), severity, "seen", "mend", "", false);
    }
}
