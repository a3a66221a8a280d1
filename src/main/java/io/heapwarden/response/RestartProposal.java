package io.heapwarden.response;

import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;

/**
 * A wish to restart one pod; the gate says whether it is granted.
 *
 * @param pod the pod that was judged
 * @param verdict what kind of growth it shows
 * @param state where it stands
 * @param confidence how likely the verdict is right, 0 to 1
 * @param way how it would be restarted
 * @param askedByName whether a person asked for this very pod by name, rather than a policy for all that match
 */
public record RestartProposal(
        PodIdentity pod, Verdict verdict, State state, double confidence, RestartWay way, boolean askedByName) {}
