package io.heapwarden.operator;

import jakarta.enterprise.context.ApplicationScoped;

/** What only the one replica does that leads. */
@ApplicationScoped
public class Leading {

    private final AssignmentLoop assignments;
    private final FalcoSetup falco;
    private final LeaderLabel label;

    Leading(AssignmentLoop assignments, FalcoSetup falco, LeaderLabel label) {
        this.assignments = assignments;
        this.falco = falco;
        this.label = label;
    }

    void begin() {
        assignments.start();
        if (falco.listens()) {
            falco.start();
            label.hold();
        }
    }

    void end() {
        assignments.stop();
        label.release();
        falco.stop();
    }
}
