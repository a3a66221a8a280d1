package io.heapwarden.response;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Whether the API server knows the subresource {@code pods/resize}, found out by discovery, which every account may read. */
public final class ResizeDiscovery {

    /** An upgraded control plane is noticed after this time. */
    static final Duration KEPT_FOR = Duration.ofMinutes(10);

    private final KubernetesClient client;
    private final Clock clock;
    private Instant askAgainAt = Instant.MIN;
    private boolean known;

    public ResizeDiscovery(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Whether it does, as was last heard.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server does not say
     */
    public synchronized boolean supported() {
        Instant now = clock.instant();
        if (!now.isBefore(askAgainAt)) {
            APIResourceList core = client.getApiResources("v1");
            known = core != null
                    && core.getResources().stream().map(APIResource::getName).anyMatch("pods/resize"::equals);
            askAgainAt = now.plus(KEPT_FOR);
        }
        return known;
    }
}
