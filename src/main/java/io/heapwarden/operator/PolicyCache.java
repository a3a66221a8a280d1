package io.heapwarden.operator;

import io.heapwarden.api.MemoryPolicy;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The policies as the reconciler's watch knows them, each parsed once for each generation. */
@ApplicationScoped
public class PolicyCache {

    /** Oldest first, so that a new policy never takes pods away from one that works. */
    private static final Comparator<MemoryPolicy> OLDEST_FIRST = Comparator.comparing(
                    (MemoryPolicy policy) -> policy.getMetadata().getCreationTimestamp())
            .thenComparing(policy -> policy.getMetadata().getName());

    private final Map<String, PolicyPlan> parsed = new ConcurrentHashMap<>();
    private volatile @Nullable IndexerResourceCache<MemoryPolicy> cache;

    void use(IndexerResourceCache<MemoryPolicy> primary) {
        cache = primary;
    }

    boolean known() {
        return cache != null;
    }

    /** Plans of all policies that are not being deleted, the oldest policy first. */
    List<PolicyPlan> plans() {
        IndexerResourceCache<MemoryPolicy> present = cache;
        if (present == null) {
            return List.of();
        }
        List<PolicyPlan> plans = present.list()
                .filter(policy -> policy.getMetadata().getDeletionTimestamp() == null)
                .sorted(OLDEST_FIRST)
                .flatMap(policy -> plan(policy).stream())
                .toList();
        parsed.values().retainAll(plans);
        return plans;
    }

    /** All policies, those that are being deleted included. */
    List<MemoryPolicy> all() {
        IndexerResourceCache<MemoryPolicy> present = cache;
        return present == null ? List.of() : present.list().toList();
    }

    Optional<MemoryPolicy> policy(PolicyKey key) {
        IndexerResourceCache<MemoryPolicy> present = cache;
        return present == null
                ? Optional.empty()
                : present.list()
                        .filter(policy -> PolicyKey.of(policy).equals(key))
                        .findFirst();
    }

    /** Names of the older policies that have the pods this one selects, too. */
    List<String> olderClaimants(PolicyPlan plan, PodWatch podWatch) {
        List<PolicyPlan> older = plans().stream()
                .takeWhile(other -> !other.key().equals(plan.key()))
                .filter(other -> other.key().namespace().equals(plan.key().namespace()))
                .toList();
        return podWatch.pods()
                .filter(pod ->
                        pod.getMetadata().getNamespace().equals(plan.key().namespace()))
                .filter(pod -> LabelSelectors.matches(
                        plan.selector(), pod.getMetadata().getLabels()))
                .flatMap(pod -> older.stream()
                        .filter(other -> LabelSelectors.matches(
                                other.selector(), pod.getMetadata().getLabels()))
                        .limit(1))
                .map(other -> other.key().name())
                .distinct()
                .sorted()
                .toList();
    }

    /** The plan of a policy; empty when the policy holds what nobody can work by, which {@link #mistake} then tells. */
    Optional<PolicyPlan> plan(MemoryPolicy policy) {
        PolicyPlan known = parsed.get(policy.getMetadata().getUid());
        if (known != null && known.generation().equals(policy.getMetadata().getGeneration())) {
            return Optional.of(known);
        }
        try {
            PolicyPlan plan = PolicyPlan.of(policy);
            parsed.put(policy.getMetadata().getUid(), plan);
            return Optional.of(plan);
        } catch (IllegalArgumentException mistaken) {
            parsed.remove(policy.getMetadata().getUid());
            return Optional.empty();
        }
    }

    /** What is wrong with a policy that has no plan, in words. */
    static String mistake(MemoryPolicy policy) {
        try {
            PolicyPlan.of(policy);
            return "";
        } catch (IllegalArgumentException mistaken) {
            return String.valueOf(mistaken.getMessage());
        }
    }
}
