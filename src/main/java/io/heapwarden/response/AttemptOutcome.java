package io.heapwarden.response;

/** What came of an attempt at a disruptive act: to restart a pod, or to resize it so that its restart can wait. */
public sealed interface AttemptOutcome {

    /** How it is written down, which decides what it counts for. */
    ActionOutcome recordedAs();

    /** In words; empty where there is nothing to add to what was decided. */
    String message();

    /**
     * The API server accepted it; in a rehearsal: it would have.
     *
     * @param recordedAs how it is written down
     */
    record Done(ActionOutcome recordedAs) implements AttemptOutcome {
        @Override
        public String message() {
            return "";
        }
    }

    /**
     * A PodDisruptionBudget does not allow it now.
     *
     * @param message the API server's own words, which name the budget
     */
    record BlockedByBudget(String message) implements AttemptOutcome {
        @Override
        public ActionOutcome recordedAs() {
            return ActionOutcome.BlockedByBudget;
        }
    }

    /**
     * The pod that was judged is not there any more; a successor of the same name was not touched.
     *
     * @param message the API server's own words
     */
    record Gone(String message) implements AttemptOutcome {
        @Override
        public ActionOutcome recordedAs() {
            return ActionOutcome.Gone;
        }
    }

    /**
     * RBAC or an admission rule does not allow it.
     *
     * @param message what is missing and what to do about it
     */
    record Forbidden(String message) implements AttemptOutcome {
        @Override
        public ActionOutcome recordedAs() {
            return ActionOutcome.Forbidden;
        }
    }

    /**
     * It failed and nothing was done.
     *
     * @param message why
     */
    record Failed(String message) implements AttemptOutcome {
        @Override
        public ActionOutcome recordedAs() {
            return ActionOutcome.Failed;
        }
    }

    /**
     * It was sent and no answer came, so it may have been done. Asking again does no harm: the uid holds a second
     * eviction off the successor.
     *
     * @param message what happened instead of an answer
     */
    record Unanswered(String message) implements AttemptOutcome {
        @Override
        public ActionOutcome recordedAs() {
            return ActionOutcome.Unanswered;
        }
    }
}
