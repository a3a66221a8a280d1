package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.CLIENT;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.heapwarden.api.ActionRecord;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Everything that was seen of restarts in one namespace since the trail began, by watching: what the end state no longer shows. */
final class AuditTrail implements AutoCloseable {

    private final List<SharedIndexInformer<?>> watches = new ArrayList<>();
    private final Map<String, Set<String>> wordsByWorkload = new ConcurrentHashMap<>();
    private final Map<String, List<Act>> actsByPolicy = new ConcurrentHashMap<>();
    private final Map<String, Gone> goneByUid = new ConcurrentHashMap<>();
    private final Map<String, Gone> readyByUid = new ConcurrentHashMap<>();

    /**
     * A restart as it stood in a policy's status at one time.
     *
     * @param time which restart, as the status names it
     */
    record Act(String time, String podUid, String outcome) {}

    /** A pod that was deleted, and when that was asked for. */
    record Gone(String app, String name, String uid, Instant at) {}

    AuditTrail(String namespace) {
        watches.add(CLIENT.pods().inNamespace(namespace).inform(handler(this::pod)));
        watches.add(CLIENT.resources(MemoryPolicy.class).inNamespace(namespace).inform(handler(this::policy)));
        watches.add(CLIENT.resources(MemoryReport.class).inNamespace(namespace).inform(handler(this::report)));
    }

    /** What was said of restarting the pods of a workload, such as Deployment/checkout: outcomes and refusals, in order. */
    Set<String> words(String workload) {
        return Set.copyOf(wordsByWorkload.getOrDefault(workload, Set.of()));
    }

    /** Each outcome each restart of a policy was seen with, in order. */
    List<Act> acts(String policy) {
        return List.copyOf(actsByPolicy.getOrDefault(policy, List.of()));
    }

    /** The outcomes one pod's restarts were seen with, in order. */
    List<String> outcomes(String policy, String podUid) {
        return acts(policy).stream()
                .filter(act -> act.podUid().equals(podUid))
                .map(Act::outcome)
                .toList();
    }

    /** Pods that were deleted, in order. */
    List<Gone> gone() {
        return goneByUid.values().stream()
                .sorted((one, other) -> one.at().compareTo(other.at()))
                .toList();
    }

    /** When a pod of the same name was Ready after it. */
    Instant readyAgain(Gone before) {
        return readyByUid.values().stream()
                .filter(ready ->
                        ready.name().equals(before.name()) && !ready.uid().equals(before.uid()))
                .map(Gone::at)
                .filter(at -> !at.isBefore(before.at()))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** When a pod that came after another, by whatever name, was Ready; the end of time while there is none. */
    Instant readyAfter(String app, Gone before) {
        return readyByUid.values().stream()
                .filter(ready -> ready.app().equals(app) && !ready.uid().equals(before.uid()))
                .map(Gone::at)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    List<Gone> gone(String app) {
        return gone().stream().filter(pod -> pod.app().equals(app)).collect(Collectors.toList());
    }

    @Override
    public void close() {
        watches.forEach(SharedIndexInformer::close);
    }

    private void pod(Pod pod, boolean deleted) {
        pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"))
                .forEach(condition -> readyByUid.putIfAbsent(
                        pod.getMetadata().getUid(),
                        new Gone(
                                pod.getMetadata().getLabels().getOrDefault("app", ""),
                                pod.getMetadata().getName(),
                                pod.getMetadata().getUid(),
                                Instant.parse(condition.getLastTransitionTime()))));
        String asked = pod.getMetadata().getDeletionTimestamp();
        if (asked == null && !deleted) {
            return;
        }
        Instant at = asked == null ? Instant.now() : Instant.parse(asked);
        Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        goneByUid.putIfAbsent(
                pod.getMetadata().getUid(),
                new Gone(
                        pod.getMetadata().getLabels().getOrDefault("app", ""),
                        pod.getMetadata().getName(),
                        pod.getMetadata().getUid(),
                        at.minusSeconds(grace == null ? 0 : grace)));
    }

    private void policy(MemoryPolicy policy, boolean deleted) {
        if (policy.getStatus() == null || policy.getStatus().lastActions() == null) {
            return;
        }
        List<Act> known =
                actsByPolicy.computeIfAbsent(policy.getMetadata().getName(), any -> new CopyOnWriteArrayList<>());
        for (ActionRecord record : policy.getStatus().lastActions().reversed()) {
            Act act = new Act(record.time(), record.podUid(), record.outcome());
            if (!known.contains(act)) {
                known.add(act);
            }
        }
    }

    private void report(MemoryReport report, boolean deleted) {
        if (report.getStatus() != null && report.getStatus().restart() != null) {
            Collection<String> words = wordsByWorkload.computeIfAbsent(
                    report.getStatus().workload(), any -> java.util.Collections.synchronizedSet(new LinkedHashSet<>()));
            words.add(report.getStatus().restart().outcome());
        }
    }

    private static <T extends HasMetadata> ResourceEventHandler<T> handler(BiConsumer<T, Boolean> seen) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T added) {
                seen.accept(added, false);
            }

            @Override
            public void onUpdate(T before, T now) {
                seen.accept(now, false);
            }

            @Override
            public void onDelete(T gone, boolean unknown) {
                seen.accept(gone, true);
            }
        };
    }
}
