package io.heapwarden.response;

/**
 * Why the gate does not let a restart through, in the order in which it asks. The constants are spelled as they appear
 * in Events, status and metrics.
 */
public enum GateRefusal {
    /** The growth is of a kind that a restart does not cure. */
    RestartDoesNotHelp(false),
    /** No leak is confirmed. */
    NotConfirmed(false),
    /** It is too uncertain what kind of growth it is. */
    NotConfident(true),
    /** The pod that was judged is no longer there. */
    PodGone(false),
    /** The pod is being deleted already. */
    PodTerminating(false),
    /** Nothing would bring the pod back. */
    NoController(true),
    /** The pod belongs to a Job, whose work would be lost. */
    JobPod(true),
    /** The kubelet runs the pod from a file; an eviction restarts nothing. */
    StaticPod(true),
    /** The pod is of an earlier revision than new pods are made of. */
    OldRevision(true),
    /** The pod's node is being drained, which moves the pod anyway. */
    NodeDraining(false),
    /** The workload is bringing pods of a new revision. */
    RolloutInProgress(true),
    /** The workload is changing its number of pods. */
    ScalingInProgress(false),
    /** A rollout would not replace this workload's pods. */
    NothingRolls(true),
    /** None of the policy's windows is open. */
    OutsideWindow(true),
    /** An act on the workload was begun a moment ago and has no outcome yet. */
    IntentPending(false),
    /** The last act on the workload is too recent. */
    CoolingDown(true),
    /** Restarts did not help lately, so that the next waits longer. */
    RestartDidNotHelp(true),
    /** The last attempt came to nothing, and it is too early for the next. */
    RetryingLater(false),
    /** The workload has had its restarts of the last 24 hours. */
    DailyLimit(true),
    /** Another workload of the installation was restarted a moment ago. */
    FleetBudget(false),
    /** The pod that replaces the last restarted one is not Ready. */
    ReplacementPending(true),
    /** Too many pods of the workload would be missing or not Ready. */
    TooManyUnavailable(true),
    /** A PodDisruptionBudget allows no eviction now. */
    DisruptionBudget(true);

    private final boolean worthAnEvent;

    GateRefusal(boolean worthAnEvent) {
        this.worthAnEvent = worthAnEvent;
    }

    /** Whether a person has to know of it; the others pass by themselves or say what status says anyway. */
    public boolean worthAnEvent() {
        return worthAnEvent;
    }
}
