package io.heapwarden.response;

import java.time.Instant;

/**
 * What is restarted.
 *
 * @param pod the pod that was judged
 * @param workloadKind kind of what it belongs to, such as Deployment
 * @param workloadName its name
 * @param at when it was decided
 */
public record RestartTarget(PodIdentity pod, String workloadKind, String workloadName, Instant at) {}
