package io.heapwarden.response;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.heapwarden.response.ApiAnswer.Right;
import io.heapwarden.response.ApiRequests.Reply;
import java.time.Clock;
import java.time.Duration;

/**
 * Evicts through {@code POST policy/v1 Eviction}, so that PodDisruptionBudgets hold, with the pod's uid as a
 * precondition, so that a successor of the same name is never hit. The client's own {@code evict} answers every 429 with {@code false}: the name of
 * the budget, and whether there was one, would be lost.
 */
public final class EvictionApiEvictor extends RehearsedRestart {

    private static final Right EVICT =
            new Right("", "pods/eviction", "create", "the Helm chart's role has it while restarts.evict is true");

    public EvictionApiEvictor(KubernetesClient client, Clock clock) {
        this(client, clock, TIME_OUT);
    }

    EvictionApiEvictor(KubernetesClient client, Clock clock, Duration timeOut) {
        super(client, clock, timeOut, EVICT, ActionOutcome.Evicted);
    }

    @Override
    public RestartWay way() {
        return RestartWay.Evict;
    }

    @Override
    Reply send(ApiRequests requests, RestartTarget target, boolean rehearsal) {
        PodIdentity pod = target.pod();
        DeleteOptionsBuilder options = new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(pod.uid())
                .endPreconditions();
        String path = "api/v1/namespaces/" + pod.namespace() + "/pods/" + pod.name() + "/eviction";
        if (rehearsal) {
            // Admission webhooks are told of a dry run by the parameter, the eviction itself by the body.
            options.withDryRun("All");
            path += "?dryRun=All";
        }
        Eviction eviction = new EvictionBuilder()
                .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(pod.name())
                // Kept nowhere: an eviction is a request only. Audit policies from the level Request on, and webhooks,
                // see them.
                .withAnnotations(target.annotations())
                .endMetadata()
                .withDeleteOptions(options.build())
                .build();
        return requests.post("eviction of " + pod, path, eviction);
    }
}
