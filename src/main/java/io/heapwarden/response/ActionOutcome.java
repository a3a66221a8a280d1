package io.heapwarden.response;

/** What came of an act. The constants are spelled as they appear in status and metrics. */
public enum ActionOutcome {
    /** Written down before it is done; the outcome is not known yet, or never became known. */
    Intended(Counts.AsAct),
    /** The API server accepted the eviction. */
    Evicted(Counts.AsAct),
    /** The API server accepted the change of the pod template that has all pods replaced. */
    RolledOut(Counts.AsAct),
    /** The API server accepted a higher memory limit for a running container; nothing was restarted. */
    Resized(Counts.NotAtAll),
    /** Sent, and no answer came: it may have been done. */
    Unanswered(Counts.AsAct),
    /** A PodDisruptionBudget does not allow it now. */
    BlockedByBudget(Counts.AsAttempt),
    /** RBAC or an admission rule does not allow it. */
    Forbidden(Counts.AsAttempt),
    /** It failed, and nothing was done. */
    Failed(Counts.AsAttempt),
    /** Intended by an operator that died, and found not done: the pod stands. */
    Dropped(Counts.AsAttempt),
    /** The pod was no longer there. */
    Gone(Counts.NotAtAll);

    private enum Counts {
        AsAct,
        AsAttempt,
        NotAtAll
    }

    private final Counts counts;

    ActionOutcome(Counts counts) {
        this.counts = counts;
    }

    /** Whether it uses up the cooldown and the day's count, because a pod was or may have been restarted. */
    public boolean isAct() {
        return counts == Counts.AsAct;
    }

    /** Whether it is known that a restart was begun. */
    boolean known() {
        return this == Evicted || this == RolledOut;
    }

    /** Whether nothing was done, so that only the retry distance has to be kept. */
    public boolean isAttempt() {
        return counts == Counts.AsAttempt;
    }
}
