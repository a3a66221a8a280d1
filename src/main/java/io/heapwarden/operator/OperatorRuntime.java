package io.heapwarden.operator;

import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.context.ApplicationScoped;

/** Starts the operator's parts in order and waits for the end of the process. */
@ApplicationScoped
public class OperatorRuntime {

    private final Operator operator;
    private final PodWatch podWatch;
    private final AssignmentLoop assignments;

    OperatorRuntime(Operator operator, PodWatch podWatch, AssignmentLoop assignments) {
        this.operator = operator;
        this.podWatch = podWatch;
        this.assignments = assignments;
    }

    /** Runs the operator; returns the exit code when the process is told to stop. */
    public int runUntilStopped() {
        podWatch.start(assignments::wake);
        operator.start();
        Quarkus.waitForExit();
        return 0;
    }
}
