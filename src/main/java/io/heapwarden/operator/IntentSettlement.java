package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.heapwarden.api.ActionRecord;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.response.ActionOutcome;
import io.heapwarden.response.ResizableContainer;
import io.heapwarden.response.RestartGate;
import io.heapwarden.response.RolloutRestarter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Settles what an operator intended that ended before it wrote the outcome. Whether it was done is read off the cluster: the pod, told by its uid, is
 * gone or going, the workload's template bears the restart's time, or the container has the limit. What was not done is dropped; if the leak is still there, it is proposed again.
 */
@ApplicationScoped
public class IntentSettlement {

    private final KubernetesClient client;
    private final ActionLog log;
    private final RestartNews news;
    private final Clock clock;

    IntentSettlement(KubernetesClient client, ActionLog log, RestartNews news, Clock clock) {
        this.client = client;
        this.log = log;
        this.news = news;
        this.clock = clock;
    }

    /** Settles the intents of a policy that nobody can still be at. */
    void settle(MemoryPolicy policy) {
        Instant now = clock.instant();
        List<ActionRecord> open = log.of(policy).stream()
                .filter(record -> ActionLog.outcome(record).equals(Optional.of(ActionOutcome.Intended)))
                .filter(record -> !now.isBefore(Instant.parse(record.time()).plus(RestartGate.INTENT_PENDING)))
                .toList();
        for (ActionRecord intent : open) {
            ActionRecord settled = settled(policy.getMetadata().getNamespace(), intent);
            log.put(policy, settled);
            news.settled(PolicyKey.of(policy), settled);
        }
    }

    private ActionRecord settled(String namespace, ActionRecord intent) {
        Pod pod = client.pods().inNamespace(namespace).withName(intent.pod()).get();
        ActionRecord.Resize resize = intent.resize();
        if (resize != null) {
            return settledResize(pod, intent, resize);
        }
        if (rolledOut(namespace, intent)) {
            return as(
                    ActionOutcome.RolledOut,
                    intent,
                    "its operator ended before it wrote so; the workload bears the restart's time");
        }
        boolean stands = pod != null
                && pod.getMetadata().getUid().equals(intent.podUid())
                && pod.getMetadata().getDeletionTimestamp() == null;
        return stands
                ? as(ActionOutcome.Dropped, intent, "its operator ended before it did so; the pod still stands")
                : as(ActionOutcome.Evicted, intent, "its operator ended before it wrote so; the pod is gone");
    }

    private static ActionRecord settledResize(@Nullable Pod pod, ActionRecord intent, ActionRecord.Resize resize) {
        if (pod == null || !pod.getMetadata().getUid().equals(intent.podUid())) {
            return as(ActionOutcome.Gone, intent, "its operator ended before it wrote an outcome; the pod is gone");
        }
        Long wanted = Quantity.getAmountInBytes(Quantity.parse(resize.to())).longValue();
        boolean raised = ResizableContainers.of(pod, resize.container())
                .map(ResizableContainer::limit)
                .filter(wanted::equals)
                .isPresent();
        return raised
                ? as(ActionOutcome.Resized, intent, "its operator ended before it wrote so; the pod has the limit")
                : as(ActionOutcome.Dropped, intent, "its operator ended before it did so; the pod has another limit");
    }

    private boolean rolledOut(String namespace, ActionRecord intent) {
        String[] workload = intent.workload().split("/", 2);
        return workload.length == 2
                && RolloutRestarter.bearsRestart(
                        client, namespace, workload[0], workload[1], Instant.parse(intent.time()));
    }

    private static ActionRecord as(ActionOutcome outcome, ActionRecord intent, @Nullable String found) {
        return new ActionRecord(
                intent.time(),
                intent.pod(),
                intent.podUid(),
                intent.workload(),
                intent.action(),
                outcome.name(),
                intent.reason() + "; " + found,
                intent.again(),
                intent.evidence(),
                intent.resize());
    }
}
