package io.heapwarden.response;

/** A way to restart, carried out. Nothing is thrown for what an API server may answer. */
public interface RestartStrategy {

    /** Which way this is. */
    RestartWay way();

    /** Asks whether the restart could be done now, and changes nothing. */
    AttemptOutcome rehearse(RestartTarget target);

    /**
     * Restarts after a rehearsal.
     *
     * @param beforeActing run after a rehearsal that went through and right before the real request: the place to
     *     write the intent down. If it throws, nothing is restarted and the exception goes to the caller
     */
    AttemptOutcome restart(RestartTarget target, Runnable beforeActing);
}
