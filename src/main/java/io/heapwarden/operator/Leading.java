package io.heapwarden.operator;

import jakarta.enterprise.context.ApplicationScoped;

/** What only the one replica does that leads. */
@ApplicationScoped
public class Leading {

    private final AssignmentLoop assignments;
    private final FalcoListening falco;

    Leading(AssignmentLoop assignments, FalcoListening falco) {
        this.assignments = assignments;
        this.falco = falco;
    }

    void begin() {
        assignments.start();
        falco.begin();
    }

    void end() {
        assignments.stop();
        falco.end();
    }
}
