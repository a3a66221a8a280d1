package io.heapwarden.probe.kubelet;

import io.heapwarden.probe.http.HttpLimits;
import java.time.Duration;

/**
 * What asking kubelets may cost. docs/channels.md lists these defaults for users.
 *
 * @param http of each request; 2 s to connect, 10 s in all, 32 MiB
 * @param freshFor how long an answer serves all pods of its node; 30 s
 * @param firstBackOff how long a node is left alone after it did not answer; 30 s, doubled each time
 * @param longestBackOff the longest it is left alone, whatever it asks for; 10 min
 */
public record KubeletLimits(HttpLimits http, Duration freshFor, Duration firstBackOff, Duration longestBackOff) {

    public static final KubeletLimits DEFAULTS = new KubeletLimits(
            new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(10), 32L << 20),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10));
}
