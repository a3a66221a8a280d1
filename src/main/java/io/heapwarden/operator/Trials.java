package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicyStatus;
import io.heapwarden.api.MemoryPolicyStatus.Trial;
import io.heapwarden.growth.State;
import io.heapwarden.workload.Ending;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What became of the pods that Observe would have restarted: whether they ran out of memory, as was foretold, or recovered by themselves. An owner can
 * decide by that whether to trust Enforce. Kept in the policy's status.
 */
@ApplicationScoped
public class Trials {

    private final Map<String, Trial> byPolicyUid = new ConcurrentHashMap<>();

    /** As it stands; null when no pod would have been restarted yet. */
    @Nullable
    Trial of(MemoryPolicy policy) {
        return byPolicyUid.computeIfAbsent(policy.getMetadata().getUid(), uid -> inStatus(policy));
    }

    /** A pod would have been restarted. */
    void begin(MemoryPolicy policy, Pod pod, Instant at) {
        String followed = pod.getMetadata().getUid() + "@" + at;
        change(
                policy,
                trial -> new Trial(
                        trial.pods() + 1,
                        trial.thenOutOfMemory(),
                        trial.thenRecovered(),
                        newest(trial.followed(), followed)));
    }

    /** Looks whether a pod that is followed came to one of the two ends. */
    void look(MemoryPolicy policy, Pod pod, @Nullable State state) {
        Trial trial = of(policy);
        String uid = pod.getMetadata().getUid() + "@";
        if (trial == null || trial.followed().stream().noneMatch(one -> one.startsWith(uid))) {
            return;
        }
        Instant since = trial.followed().stream()
                .filter(one -> one.startsWith(uid))
                .map(one -> Instant.parse(one.substring(uid.length())))
                .findFirst()
                .orElseThrow();
        boolean outOfMemory = pod.getStatus().getContainerStatuses().stream().anyMatch(status -> ranOut(status, since));
        if (outOfMemory || state == State.Healthy) {
            change(
                    policy,
                    before -> new Trial(
                            before.pods(),
                            before.thenOutOfMemory() + (outOfMemory ? 1 : 0),
                            before.thenRecovered() + (outOfMemory ? 0 : 1),
                            before.followed().stream()
                                    .filter(one -> !one.startsWith(uid))
                                    .toList()));
        }
    }

    /** Forgets all; the next look reads the statuses again. */
    void clear() {
        byPolicyUid.clear();
    }

    private void change(MemoryPolicy policy, UnaryOperator<Trial> change) {
        byPolicyUid.compute(policy.getMetadata().getUid(), (uid, known) -> {
            Trial before = known == null ? inStatus(policy) : known;
            return change.apply(before == null ? Trial.NONE : before);
        });
    }

    private static boolean ranOut(ContainerStatus status, Instant since) {
        var terminated =
                status.getLastState() == null ? null : status.getLastState().getTerminated();
        return terminated != null
                && Origin.ending(terminated) == Ending.OutOfMemory
                && terminated.getFinishedAt() != null
                && Instant.parse(terminated.getFinishedAt()).isAfter(since);
    }

    private static List<String> newest(List<String> followed, String one) {
        List<String> all = new ArrayList<>(followed);
        all.add(one);
        return all.size() > Trial.MOST_FOLLOWED ? all.subList(all.size() - Trial.MOST_FOLLOWED, all.size()) : all;
    }

    private static @Nullable Trial inStatus(MemoryPolicy policy) {
        return Optional.ofNullable(policy.getStatus())
                .map(MemoryPolicyStatus::wouldHaveRestarted)
                .orElse(null);
    }
}
