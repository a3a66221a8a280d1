package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.api.ActionRecord;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.telemetry.PolicyReading.Judgement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgedActsTest {

    private static final String ONE = "2026-03-01T10:00:00.123Z";
    private static final String TWO = "2026-03-01T11:00:00Z";
    private static final String THREE = "2026-03-01T12:00:00Z";

    private final List<ActionRecord> acts =
            List.of(record(ONE, "Evicted"), record(TWO, "WouldHaveEvicted"), record(THREE, "Resized"));

    @Test
    void whatNobodyJudgedIsOpen() {
        assertThat(JudgedActs.of(policy(Map.of()), acts)).isEqualTo(Map.of(Judgement.Open, 3));
    }

    @Test
    void eachTimeThatIsListedCountsOnceWhereverItIsRepeated() {
        MemoryPolicy policy = policy(
                Map.of("heapwarden.io/confirmed", ONE + ", " + ONE + "," + TWO, "heapwarden.io/rejected", THREE));

        assertThat(JudgedActs.of(policy, acts)).isEqualTo(Map.of(Judgement.Confirmed, 2, Judgement.Rejected, 1));
    }

    @Test
    void whatIsBothCountsAsRejected() {
        MemoryPolicy policy = policy(Map.of("heapwarden.io/confirmed", ONE, "heapwarden.io/rejected", ONE));

        assertThat(JudgedActs.of(policy, acts.subList(0, 1))).isEqualTo(Map.of(Judgement.Rejected, 1));
    }

    @Test
    void whatWasNotDoneIsNotJudged() {
        List<ActionRecord> attempts =
                List.of(record(ONE, "BlockedByBudget"), record(TWO, "Intended"), record(THREE, "Gone"));

        assertThat(JudgedActs.of(policy(Map.of("heapwarden.io/confirmed", ONE)), attempts))
                .isEmpty();
    }

    @Test
    void garbageJudgesNothing() {
        MemoryPolicy policy = policy(Map.of("heapwarden.io/confirmed", ",,yes,\n" + "x".repeat(9_000) + "," + ONE));

        assertThat(JudgedActs.of(policy, acts)).isEqualTo(Map.of(Judgement.Open, 3));
    }

    private static MemoryPolicy policy(Map<String, String> annotations) {
        MemoryPolicy policy = Shop.policy();
        policy.getMetadata().setAnnotations(annotations);
        return policy;
    }

    private static ActionRecord record(String time, String outcome) {
        return new ActionRecord(time, "pod", "uid", "Deployment/checkout", "Restart", outcome, "why", null, null);
    }
}
