package io.heapwarden.operator;

import io.heapwarden.api.ActionRecord;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicyStatus;
import io.heapwarden.response.Act;
import io.heapwarden.response.ActionOutcome;
import io.heapwarden.response.PastAction;
import io.heapwarden.response.PastResize;
import io.heapwarden.response.RestartHistory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The restarts and resizes of each policy, newest first, as they stand in its status: the only memory of what was done that survives an operator. It is
 * read once from the status and from then on written there with every change. What was done under a policy that is gone is remembered while it still
 * counts, so that a policy that is deleted and made anew begins no new day.
 */
@ApplicationScoped
public class ActionLog {

    /** What stands for an act that the mode Observe kept from happening. */
    enum DryRunOutcome {
        WouldHaveEvicted,
        WouldHaveResized
    }

    /** No cooldown is longer, and none looks further back. */
    private static final Duration COUNTS_FOR = Duration.ofDays(8);

    private final Map<String, Known> byPolicyUid = new ConcurrentHashMap<>();

    /** The records of one policy. */
    private record Known(String namespace, List<ActionRecord> records) {}

    List<ActionRecord> of(MemoryPolicy policy) {
        return known(policy).records();
    }

    /** Acts and attempts of all policies, those that are gone included, as the gate reads them. */
    RestartHistory history(Collection<MemoryPolicy> policies, Instant now) {
        policies.forEach(this::known);
        Set<String> present =
                policies.stream().map(policy -> policy.getMetadata().getUid()).collect(Collectors.toSet());
        byPolicyUid.entrySet().removeIf(entry -> !present.contains(entry.getKey()) && past(entry.getValue(), now));
        return new RestartHistory(byPolicyUid.values().stream()
                .flatMap(known -> known.records().stream()
                        .flatMap(ActionLog::asPastAction)
                        .map(action -> new RestartHistory.Entry(known.namespace(), action)))
                .toList());
    }

    /** Acts and attempts of the workload that was last acted on. */
    List<PastAction> lastWorkload(MemoryPolicy policy) {
        List<PastAction> all =
                of(policy).stream().flatMap(ActionLog::asPastAction).toList();
        return all.stream()
                .filter(action -> action.workload().equals(all.getFirst().workload()))
                .toList();
    }

    /** The last resize of a pod that was done or tried. */
    Optional<PastResize> lastResize(MemoryPolicy policy, String podUid) {
        return of(policy).stream()
                .filter(record -> record.podUid().equals(podUid))
                .flatMap(ActionLog::asPastResize)
                .findFirst();
    }

    /** Takes up what another leader wrote into a policy's status. */
    void learn(MemoryPolicy now) {
        byPolicyUid.compute(uid(now), (uid, before) -> {
            if (before == null) {
                return inStatus(now);
            }
            List<ActionRecord> written = inStatus(now).records();
            Stream<ActionRecord> unheardOf = written.stream().filter(theirs -> before.records().stream()
                    .noneMatch(ours -> sameAct(ours, theirs) || tookThePlaceOf(ours, theirs)));
            Stream<ActionRecord> known = before.records().stream().map(ours -> withOutcome(ours, written));
            return new Known(
                    before.namespace(),
                    kept(Stream.concat(known, unheardOf)
                            .sorted(Comparator.comparing(ActionRecord::time).reversed())));
        });
    }

    /**
     * Puts a record in, in the place of an older one of the same pod and time, and of what came to nothing for that pod before: a disruption budget
     * that refuses for hours must not push out the restarts the daily limit counts. So of each pod the last resize is kept alone, which knows how many
     * there were. The newest are kept, and restarts longer than resizes.
     */
    void put(MemoryPolicy policy, ActionRecord record) {
        byPolicyUid.compute(uid(policy), (uid, before) -> {
            Known known = before == null ? inStatus(policy) : before;
            Stream<ActionRecord> others = known.records().stream()
                    .filter(old -> !(old.podUid().equals(record.podUid()) && replaceable(old, record)));
            return new Known(known.namespace(), kept(Stream.concat(Stream.of(record), others)));
        });
    }

    /** Takes back what was put in but could not be written down. */
    void withdraw(MemoryPolicy policy, ActionRecord record) {
        byPolicyUid.computeIfPresent(
                uid(policy),
                (uid, known) -> new Known(
                        known.namespace(),
                        known.records().stream()
                                .filter(old -> !old.equals(record))
                                .toList()));
    }

    /** Forgets all; the next look reads the statuses again. */
    void clear() {
        byPolicyUid.clear();
    }

    private Known known(MemoryPolicy policy) {
        return byPolicyUid.computeIfAbsent(uid(policy), uid -> inStatus(policy));
    }

    private static boolean past(Known known, Instant now) {
        return known.records().stream()
                .allMatch(
                        record -> Instant.parse(record.time()).plus(COUNTS_FOR).isBefore(now));
    }

    /** Many pods may be resized while all their restarts wait, and those that were restarted before still count. */
    private static List<ActionRecord> kept(Stream<ActionRecord> newestFirst) {
        List<ActionRecord> records = new ArrayList<>(newestFirst.toList());
        for (int i = records.size() - 1; i > 0 && records.size() > MemoryPolicyStatus.MOST_ACTIONS; i--) {
            if (records.get(i).action().equals(Act.Resize.name())) {
                records.remove(i);
            }
        }
        return records.stream().limit(MemoryPolicyStatus.MOST_ACTIONS).toList();
    }

    private static boolean sameAct(ActionRecord one, ActionRecord other) {
        return one.time().equals(other.time()) && one.podUid().equals(other.podUid());
    }

    /** What another leader intended, it may have done by now. */
    private static ActionRecord withOutcome(ActionRecord ours, List<ActionRecord> written) {
        return outcome(ours).filter(known -> known == ActionOutcome.Intended).isEmpty()
                ? ours
                : written.stream()
                        .filter(theirs -> sameAct(ours, theirs))
                        .findFirst()
                        .orElse(ours);
    }

    /** A status that was read a moment ago still has attempts that a newer one has taken the place of. */
    private static boolean tookThePlaceOf(ActionRecord ours, ActionRecord theirs) {
        return ours.podUid().equals(theirs.podUid())
                && replaceable(theirs, ours)
                && Instant.parse(ours.time()).isAfter(Instant.parse(theirs.time()));
    }

    private static boolean replaceable(ActionRecord old, ActionRecord by) {
        return old.action().equals(by.action())
                && (old.time().equals(by.time())
                        || outcome(old).filter(ActionOutcome::isAct).isEmpty());
    }

    private static String uid(MemoryPolicy policy) {
        return policy.getMetadata().getUid();
    }

    private static Known inStatus(MemoryPolicy policy) {
        @Nullable
        List<ActionRecord> records = Optional.ofNullable(policy.getStatus())
                .map(MemoryPolicyStatus::lastActions)
                .orElse(null);
        return new Known(policy.getMetadata().getNamespace(), records == null ? List.of() : List.copyOf(records));
    }

    private static Stream<PastAction> asPastAction(ActionRecord record) {
        return outcome(record)
                .filter(outcome -> record.action().equals(Act.Restart.name()))
                .map(outcome -> new PastAction(
                        Instant.parse(record.time()),
                        record.workload(),
                        record.podUid(),
                        outcome,
                        Boolean.TRUE.equals(record.again())))
                .stream();
    }

    private static Stream<PastResize> asPastResize(ActionRecord record) {
        ActionRecord.Resize resize = record.resize();
        return resize == null
                ? Stream.empty()
                : outcome(record)
                        .map(outcome -> new PastResize(Instant.parse(record.time()), outcome, resize.number()))
                        .stream();
    }

    static Optional<ActionOutcome> outcome(ActionRecord record) {
        return Arrays.stream(ActionOutcome.values())
                .filter(outcome -> outcome.name().equals(record.outcome()))
                .findFirst();
    }
}
