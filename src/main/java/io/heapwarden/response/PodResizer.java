package io.heapwarden.response;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.heapwarden.response.ApiAnswer.Right;
import io.heapwarden.response.ApiRequests.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Raises the memory limit of a running container by a strategic merge patch of the pod's subresource {@code resize}, as
 * {@code kubectl patch --subresource resize} does. The patch carries the pod's uid and version, so that neither a successor of the same name nor a pod
 * that somebody else has just resized is hit.
 */
public final class PodResizer {

    private static final String STRATEGIC_MERGE = "application/strategic-merge-patch+json";
    private static final Right RESIZE =
            new Right("", "pods/resize", "patch", "the Helm chart's role has it when restarts.resize is true");

    private final RehearsedRequest request;

    public PodResizer(KubernetesClient client, Clock clock) {
        this(client, clock, RehearsedRequest.TIME_OUT);
    }

    PodResizer(KubernetesClient client, Clock clock, Duration timeOut) {
        this.request = new RehearsedRequest(client, clock, timeOut, RESIZE, ActionOutcome.Resized);
    }

    /**
     * Resizes after a rehearsal. That the API server accepted it says that the limit was asked for; the kubelet may still defer it.
     *
     * @param beforeActing run after a rehearsal that went through and right before the real request: the place to
     *     write the intent down. If it throws, nothing is resized and the exception goes to the caller
     */
    public AttemptOutcome resize(ResizeTarget target, Runnable beforeActing) {
        return request.act(
                target.pod().namespace(), (requests, rehearsal) -> send(requests, target, rehearsal), beforeActing);
    }

    private static Reply send(ApiRequests requests, ResizeTarget target, boolean rehearsal) {
        PodIdentity pod = target.pod();
        String path = "api/v1/namespaces/" + pod.namespace() + "/pods/" + pod.name() + "/resize"
                + (rehearsal ? "?dryRun=All" : "");
        return requests.patch("resize of pod " + pod, path, STRATEGIC_MERGE, patch(target));
    }

    private static Map<String, Object> patch(ResizeTarget target) {
        Map<String, String> memory = Map.of("memory", MemorySize.spelled(target.limit()));
        Map<String, Object> resources =
                target.requestToo() ? Map.of("limits", memory, "requests", memory) : Map.of("limits", memory);
        return Map.of(
                "metadata",
                Map.of("uid", target.pod().uid(), "resourceVersion", target.version()),
                "spec",
                Map.of("containers", List.of(Map.of("name", target.container(), "resources", resources))));
    }
}
