package io.heapwarden.operator;

import io.heapwarden.api.ActionRecord;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicyStatus;
import io.heapwarden.response.ActionOutcome;
import io.heapwarden.response.PastAction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The restarts of each policy, newest first, as they stand in its status: the only memory of what was done that survives an operator. It is
 * read once from the status and from then on written there with every change.
 */
@ApplicationScoped
public class ActionLog {

    /** What stands for a restart that the mode Observe kept from happening. */
    enum DryRunOutcome {
        WouldHaveEvicted
    }

    private final Map<String, List<ActionRecord>> byPolicyUid = new ConcurrentHashMap<>();

    List<ActionRecord> of(MemoryPolicy policy) {
        return byPolicyUid.computeIfAbsent(policy.getMetadata().getUid(), uid -> inStatus(policy));
    }

    /** Acts and attempts as the gate reads them. */
    List<PastAction> history(MemoryPolicy policy) {
        return of(policy).stream().flatMap(ActionLog::asPastAction).toList();
    }

    /**
     * Puts a record in, in the place of an older one of the same pod and time, and of what came to nothing for that pod before: a disruption budget
     * that refuses for hours must not push out the restarts the daily limit counts. The newest are kept.
     */
    void put(MemoryPolicy policy, ActionRecord record) {
        byPolicyUid.compute(policy.getMetadata().getUid(), (uid, known) -> {
            Stream<ActionRecord> others = (known == null ? inStatus(policy) : known)
                    .stream().filter(old -> !(old.podUid().equals(record.podUid()) && replaceable(old, record)));
            return Stream.concat(Stream.of(record), others)
                    .limit(MemoryPolicyStatus.MOST_ACTIONS)
                    .toList();
        });
    }

    private static boolean replaceable(ActionRecord old, ActionRecord by) {
        return old.time().equals(by.time()) || outcome(old).noneMatch(ActionOutcome::isAct);
    }

    /** Forgets all; the next look reads the statuses again. */
    void clear() {
        byPolicyUid.clear();
    }

    private static List<ActionRecord> inStatus(MemoryPolicy policy) {
        return Optional.ofNullable(policy.getStatus())
                .map(MemoryPolicyStatus::lastActions)
                .orElse(List.of());
    }

    private static Stream<PastAction> asPastAction(ActionRecord record) {
        return outcome(record)
                .map(outcome ->
                        new PastAction(Instant.parse(record.time()), record.workload(), record.podUid(), outcome));
    }

    private static Stream<ActionOutcome> outcome(ActionRecord record) {
        return Arrays.stream(ActionOutcome.values())
                .filter(outcome -> outcome.name().equals(record.outcome()));
    }
}
