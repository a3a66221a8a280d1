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
    /** None of the policy's windows is open. */
    OutsideWindow(true),
    /** An act on the workload was begun a moment ago and has no outcome yet. */
    IntentPending(false),
    /** The last act on the workload is too recent. */
    CoolingDown(true),
    /** The last attempt came to nothing, and it is too early for the next. */
    RetryingLater(false),
    /** The workload has had its restarts of the last 24 hours. */
    DailyLimit(true),
    /** The pod that replaces the last evicted one is not Ready. */
    ReplacementPending(true),
    /** Too many pods of the workload would be missing or not Ready. */
    TooManyUnavailable(true);

    private final boolean worthAnEvent;

    GateRefusal(boolean worthAnEvent) {
        this.worthAnEvent = worthAnEvent;
    }

    /** Whether a person has to know of it; the others pass by themselves or say what status says anyway. */
    public boolean worthAnEvent() {
        return worthAnEvent;
    }
}
