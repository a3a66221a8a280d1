package io.heapwarden.response;

/**
 * A wish to restart one pod; the gate says whether it is granted.
 *
 * @param pod the pod that was judged
 * @param cause for what
 * @param way how it would be restarted
 * @param askedByName whether a person asked for this very pod by name, rather than a policy for all that match
 */
public record RestartProposal(PodIdentity pod, RestartCause cause, RestartWay way, boolean askedByName) {}
