package io.heapwarden.growth;

import java.util.List;

/** Reads a run of assessments, one for each sampling interval. */
record Timeline(List<Assessment> assessments) {

    static final int NEVER = Integer.MAX_VALUE;

    /** Number of the first sample with this state or a worse one, from 1. */
    int firstAtLeast(State state) {
        for (int i = 0; i < assessments.size(); i++) {
            State found = assessments.get(i).state();
            if (found != State.WarmingUp && found.compareTo(state) >= 0) {
                return i + 1;
            }
        }
        return NEVER;
    }

    State at(int sample) {
        return assessments.get(sample - 1).state();
    }

    /** Why it was first told; empty when it never was. */
    List<String> reasonsFirstTold() {
        int first = firstAtLeast(State.Leaking);
        return first == NEVER ? List.of() : assessments.get(first - 1).reasons();
    }

    Assessment last() {
        return assessments.getLast();
    }
}
