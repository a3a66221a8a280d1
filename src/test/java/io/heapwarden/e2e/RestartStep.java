package io.heapwarden.e2e;

import io.heapwarden.e2e.ApiProxy.Request;
import java.util.Set;

/** Where an operator ends in the middle of a restart, and what has to come of it. */
enum RestartStep {
    BeforeTheIntent(1, "Evicted"),
    AfterTheIntent(0, "Dropped"),
    BeforeTheCall(0, "Dropped"),
    AfterTheCall(1, "Evicted"),
    BeforeTheOutcome(1, "Evicted");

    private final int acts;
    private final String outcome;

    RestartStep(int acts, String outcome) {
        this.acts = acts;
        this.outcome = outcome;
    }

    /** How often the pod is restarted for the one restart that was begun. */
    int acts() {
        return acts;
    }

    /** How the restart that was begun is written down in the end. */
    String outcome() {
        return outcome;
    }

    /** Whether a request that has not reached the API server yet is where it ends. */
    boolean isBefore(Request request) {
        return switch (this) {
            case BeforeTheIntent -> request.writes("Intended");
            case BeforeTheCall -> request.evicts();
            case BeforeTheOutcome -> request.writes("Evicted");
            case AfterTheIntent, AfterTheCall -> false;
        };
    }

    /** Whether a request that the API server has carried out is where it ends. */
    boolean isAfter(Request request) {
        return switch (this) {
            case AfterTheIntent -> request.writes("Intended");
            case AfterTheCall -> request.evicts();
            case BeforeTheIntent, BeforeTheCall, BeforeTheOutcome -> false;
        };
    }

    /** Outcomes that end an intent. */
    static final Set<String> OUTCOMES = Set.of("Evicted", "Dropped", "Unanswered", "Gone");
}
