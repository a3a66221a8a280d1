package io.heapwarden.response;

import io.heapwarden.growth.Assessment;
import io.heapwarden.response.GateDecision.Refused;

/**
 * A wish to raise a container's memory limit, because its restart was refused.
 *
 * @param pod the pod that was judged
 * @param assessment what its leaking container shows
 * @param restart why it is not restarted
 */
public record ResizeProposal(PodIdentity pod, Assessment assessment, Refused restart) {}
