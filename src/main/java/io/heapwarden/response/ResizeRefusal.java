package io.heapwarden.response;

/**
 * Why a memory limit is not raised, in the order in which it is asked. The constants are spelled as they appear in
 * Events and metrics.
 */
public enum ResizeRefusal {
    /** The restart waits for no time and no other pod, so that time would not help it. */
    RestartDoesNotWait(false),
    /** The installation does not allow it. */
    TurnedOff(true),
    /** The cluster cannot change a running container's resources. */
    NotSupportedByCluster(true),
    /** The container has no memory limit. */
    NoLimit(true),
    /** A limit inside the JVM is met first, which a larger container does not move. */
    JvmIsTheLimit(true),
    /** The container would be restarted for it. */
    RestartsContainer(true),
    /** A resize was asked for that the node can never do. */
    Infeasible(true),
    /** A resize was asked for that the node cannot do now. */
    Deferred(true),
    /** A resize is under way. */
    ResizeInProgress(false),
    /** The limit is as high as the policy lets it be. */
    CeilingReached(true),
    /** The pod was resized as often as a pod may be. */
    OftenEnough(true),
    /** The last resize is too recent. */
    CoolingDown(false),
    /** The last attempt came to nothing, and it is too early for the next. */
    RetryingLater(false),
    /** The restart can be before the memory ends. */
    TimeEnough(false);

    private final boolean worthAnEvent;

    ResizeRefusal(boolean worthAnEvent) {
        this.worthAnEvent = worthAnEvent;
    }

    /** Whether a person has to know of it; the others pass by themselves. */
    public boolean worthAnEvent() {
        return worthAnEvent;
    }
}
