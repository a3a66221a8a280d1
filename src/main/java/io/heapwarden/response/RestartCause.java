package io.heapwarden.response;

import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.security.Severity;

/** For what a restart is wished. */
public sealed interface RestartCause {

    /** As sentences name it in brackets. */
    String words();

    /**
     * The pod's memory grows.
     *
     * @param verdict what kind of growth it shows
     * @param state where it stands
     * @param confidence how likely the verdict is right, 0 to 1
     */
    record Growth(Verdict verdict, State state, double confidence) implements RestartCause {
        @Override
        public String words() {
            return state + ", " + verdict;
        }
    }

    /**
     * Something about the pod's security was seen.
     *
     * @param rule id of the check or name of the rule
     * @param severity how bad it is
     * @param restartHelps whether a new pod of the same template would not show it at once again
     */
    record SecurityFinding(String rule, Severity severity, boolean restartHelps) implements RestartCause {
        @Override
        public String words() {
            return severity + " finding, " + rule;
        }
    }
}
