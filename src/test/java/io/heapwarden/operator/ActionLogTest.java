package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.api.ActionRecord;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicySpec.Mode;
import io.heapwarden.api.MemoryPolicyStatus;
import io.heapwarden.response.ActionOutcome;
import io.heapwarden.response.PastAction;
import io.heapwarden.response.PastResize;
import io.heapwarden.response.RestartHistory;
import io.heapwarden.time.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActionLogTest {

    private final ActionLog log = new ActionLog();
    private final MemoryPolicy policy = Shop.restarting(Mode.Enforce);

    @Test
    void theNewestComesFirst() {
        log.put(policy, record(1, "Evicted"));
        log.put(policy, record(2, "Evicted"));

        assertThat(log.of(policy)).containsExactly(record(2, "Evicted"), record(1, "Evicted"));
    }

    @Test
    void anOutcomeTakesThePlaceOfItsIntent() {
        log.put(policy, record(1, "Intended"));
        log.put(policy, record(1, "Evicted"));

        assertThat(log.of(policy)).containsExactly(record(1, "Evicted"));
    }

    @Test
    void isBounded() {
        for (int i = 0; i < 50; i++) {
            log.put(policy, record(i, "Evicted"));
        }

        assertThat(log.of(policy)).hasSize(MemoryPolicyStatus.MOST_ACTIONS);
        assertThat(log.of(policy).getFirst()).isEqualTo(record(49, "Evicted"));
        assertThat(log.of(policy).getLast()).isEqualTo(record(30, "Evicted"));
    }

    @Test
    void attemptsThatCameToNothingNeverPushOutARestart() {
        log.put(policy, record(1, "Evicted"));
        for (int i = 2; i < 50; i++) {
            log.put(policy, record(i, "checkout-2", "BlockedByBudget"));
        }

        assertThat(log.of(policy)).containsExactly(record(49, "checkout-2", "BlockedByBudget"), record(1, "Evicted"));
    }

    @Test
    void survivesAnOperatorInTheStatus() {
        log.put(policy, record(1, "Evicted"));
        MemoryPolicy stored = Shop.restarting(Mode.Enforce);
        stored.setStatus(
                new MemoryPolicyStatus(3L, List.of(), null, List.of(), null, log.of(policy), null, null, null, null));
        ActionLog afterRestart = new ActionLog();

        afterRestart.put(stored, record(2, "Intended"));

        assertThat(afterRestart.of(stored)).containsExactly(record(2, "Intended"), record(1, "Evicted"));
    }

    @Test
    void whatIsKnownHereIsNotOverwrittenByAnOldStatus() {
        log.put(policy, record(1, "Intended"));
        policy.setStatus(
                new MemoryPolicyStatus(3L, List.of(), null, List.of(), null, List.of(), null, null, null, null));

        assertThat(log.of(policy)).containsExactly(record(1, "Intended"));
    }

    @Test
    void aNewLeaderReadsTheStatusAgain() {
        log.put(policy, record(1, "Evicted"));
        policy.setStatus(new MemoryPolicyStatus(
                3L, List.of(), null, List.of(), null, List.of(record(7, "Unanswered")), null, null, null, null));

        log.clear();

        assertThat(log.of(policy)).containsExactly(record(7, "Unanswered"));
    }

    @Test
    void theGateHearsOfActsAndNotOfWhatWouldHaveBeen() {
        log.put(policy, record(1, "WouldHaveEvicted"));
        log.put(policy, record(2, "BlockedByBudget"));

        assertThat(log.history(List.of(policy), MovableClock.START).entries())
                .containsExactly(new RestartHistory.Entry(
                        Shop.NAMESPACE,
                        new PastAction(
                                Instant.parse("2026-11-23T12:00:02Z"),
                                "Deployment/checkout",
                                "uid of checkout-2",
                                ActionOutcome.BlockedByBudget,
                                false)));
    }

    @Test
    void aPolicyThatIsMadeAnewBeginsNoNewDay() {
        log.put(policy, record(1, "Evicted"));
        MemoryPolicy anew = Shop.restarting(Mode.Enforce);
        anew.getMetadata().setUid("uid-anew");

        assertThat(log.history(List.of(anew), MovableClock.START.plus(Duration.ofHours(1)))
                        .entries())
                .hasSize(1);
        assertThat(log.history(List.of(anew), MovableClock.START.plus(Duration.ofDays(9)))
                        .entries())
                .as("when it no longer counts")
                .isEmpty();
    }

    @Test
    void whatAnotherLeaderWroteIsLearnt() {
        log.put(policy, record(1, "Evicted"));
        MemoryPolicy written = Shop.restarting(Mode.Enforce);
        MemoryPolicyStatus status = new MemoryPolicyStatus(
                1L,
                null,
                null,
                null,
                null,
                List.of(record(2, "Intended"), record(1, "Intended")),
                null,
                null,
                null,
                null);
        written.setStatus(status);

        log.learn(written);

        assertThat(log.of(policy)).containsExactly(record(2, "Intended"), record(1, "Evicted"));
    }

    @Test
    void policiesDoNotShareAHistory() {
        MemoryPolicy other = Shop.restarting(Mode.Enforce);
        other.getMetadata().setUid("uid-other");
        log.put(policy, record(1, "Evicted"));

        assertThat(log.of(other)).isEmpty();
    }

    @Test
    void ofAPodsResizesTheLastIsKeptWithItsNumber() {
        log.put(policy, resize(1, "checkout-1", "Resized", 1));
        log.put(policy, resize(2, "checkout-1", "Resized", 2));
        log.put(policy, resize(3, "checkout-2", "Forbidden", 1));

        assertThat(log.of(policy)).hasSize(2);
        assertThat(log.lastResize(policy, "uid of checkout-1"))
                .contains(new PastResize(MovableClock.START.plusSeconds(2), ActionOutcome.Resized, 2));
        assertThat(log.lastResize(policy, "uid of checkout-3")).isEmpty();
    }

    @Test
    void theGateOfRestartsHearsOfNoResize() {
        log.put(policy, resize(1, "checkout-1", "Intended", 1));
        log.put(policy, resize(2, "checkout-2", "Resized", 1));

        assertThat(log.history(List.of(policy), MovableClock.START).entries()).isEmpty();
    }

    @Test
    void resizesNeverPushOutARestart() {
        log.put(policy, record(0, "Evicted"));
        for (int i = 1; i < 50; i++) {
            log.put(policy, resize(i, "checkout-" + i, "Resized", 1));
        }

        assertThat(log.of(policy)).hasSize(MemoryPolicyStatus.MOST_ACTIONS);
        assertThat(log.of(policy).getFirst().pod()).isEqualTo("checkout-49");
        assertThat(log.of(policy).getLast()).isEqualTo(record(0, "Evicted"));
    }

    @Test
    void amongRestartsTheNewestResizeHasItsPlace() {
        for (int i = 0; i < 30; i++) {
            log.put(policy, record(i, "Evicted"));
        }
        log.put(policy, resize(40, "checkout-1", "Resized", 1));

        assertThat(log.lastResize(policy, "uid of checkout-1")).isPresent();
        assertThat(log.of(policy)).hasSize(MemoryPolicyStatus.MOST_ACTIONS);
    }

    private static ActionRecord resize(int second, String pod, String outcome, int number) {
        return new ActionRecord(
                MovableClock.START.plusSeconds(second).toString(),
                pod,
                "uid of " + pod,
                "Deployment/checkout",
                "Resize",
                outcome,
                "NativeGrowth",
                null,
                null,
                new ActionRecord.Resize("app", "320Mi", "400Mi", number));
    }

    private static ActionRecord record(int number, String outcome) {
        return record(number, "checkout-" + number, outcome);
    }

    private static ActionRecord record(int number, String pod, String outcome) {
        return new ActionRecord(
                MovableClock.START.plusSeconds(number).toString(),
                pod,
                "uid of " + pod,
                "Deployment/checkout",
                "Restart",
                outcome,
                "RetentionLeak",
                null,
                null);
    }

    @Test
    void takesUpWhatAnotherLeaderWroteAndItsOutcome() {
        log.put(policy, record(1, "Evicted"));
        log.learn(stored(record(2, "Intended")));
        assertThat(log.of(policy)).containsExactly(record(2, "Intended"), record(1, "Evicted"));

        log.learn(stored(record(2, "Evicted")));

        assertThat(log.of(policy)).containsExactly(record(2, "Evicted"), record(1, "Evicted"));
    }

    @Test
    void aStatusOfAMomentAgoBringsNothingBack() {
        ActionRecord first = record(1, "checkout-2", "BlockedByBudget");
        log.put(policy, first);
        log.put(policy, record(2, "checkout-2", "BlockedByBudget"));
        log.put(policy, record(3, "checkout-1", "Evicted"));

        log.learn(stored(first, record(3, "checkout-1", "Intended")));

        assertThat(log.of(policy))
                .containsExactly(record(3, "checkout-1", "Evicted"), record(2, "checkout-2", "BlockedByBudget"));
    }

    private MemoryPolicy stored(ActionRecord... records) {
        MemoryPolicy stored = Shop.restarting(Mode.Enforce);
        stored.setStatus(
                new MemoryPolicyStatus(3L, List.of(), null, List.of(), null, List.of(records), null, null, null, null));
        return stored;
    }
}
