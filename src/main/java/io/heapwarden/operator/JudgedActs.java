package io.heapwarden.operator;

import io.heapwarden.api.ActionRecord;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.response.ActionOutcome;
import io.heapwarden.telemetry.PolicyReading.Judgement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a policy says of the acts in its status: annotations of the policy list the times of those that were right and of those that were wrong, as
 * they stand in {@code status.lastActions}, with commas between. Pure.
 */
final class JudgedActs {

    static final String CONFIRMED = "heapwarden.io/confirmed";
    static final String REJECTED = "heapwarden.io/rejected";

    private static final int LONGEST = 4_096;

    private JudgedActs() {}

    static Map<Judgement, Integer> of(MemoryPolicy policy, List<ActionRecord> records) {
        Set<String> confirmed = times(policy, CONFIRMED);
        Set<String> rejected = times(policy, REJECTED);
        Map<Judgement, Integer> counts = new HashMap<>();
        for (ActionRecord record : records) {
            if (isAct(record)) {
                // Who said both changed his mind or made a mistake; the doubt counts against the act.
                Judgement judgement = rejected.contains(record.time())
                        ? Judgement.Rejected
                        : confirmed.contains(record.time()) ? Judgement.Confirmed : Judgement.Open;
                counts.merge(judgement, 1, Integer::sum);
            }
        }
        return counts;
    }

    /** What mode Observe would have done can be judged as well: that is what it is for. */
    private static boolean isAct(ActionRecord record) {
        return Arrays.stream(ActionLog.DryRunOutcome.values())
                        .anyMatch(would -> would.name().equals(record.outcome()))
                || ActionLog.outcome(record)
                        .filter(outcome -> outcome != ActionOutcome.Intended)
                        .filter(outcome -> outcome.isAct() || outcome == ActionOutcome.Resized)
                        .isPresent();
    }

    private static Set<String> times(MemoryPolicy policy, String annotation) {
        Map<String, String> annotations = policy.getMetadata().getAnnotations();
        @Nullable String listed = annotations == null ? null : annotations.get(annotation);
        return listed == null || listed.length() > LONGEST
                ? Set.of()
                : Arrays.stream(listed.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    }
}
