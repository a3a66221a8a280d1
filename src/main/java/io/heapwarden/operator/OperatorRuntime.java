package io.heapwarden.operator;

import io.heapwarden.telemetry.Tracing;
import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Starts the operator's parts in order and waits for the end of the process. */
@ApplicationScoped
public class OperatorRuntime {

    private static final Logger LOG = Logger.getLogger(OperatorRuntime.class);

    private final Operator operator;
    private final PodWatch podWatch;
    private final AssignmentLoop assignments;
    private final Tracing tracing;

    OperatorRuntime(Operator operator, PodWatch podWatch, AssignmentLoop assignments, Tracing tracing) {
        this.operator = operator;
        this.podWatch = podWatch;
        this.assignments = assignments;
        this.tracing = tracing;
    }

    /** Runs the operator; returns the exit code when the process is told to stop. */
    public int runUntilStopped() {
        if (tracing.on()) {
            LOG.info("Spans are sent to the OpenTelemetry collector of heapwarden.otlp.endpoint");
        }
        podWatch.start(assignments::wake);
        operator.start();
        Quarkus.waitForExit();
        return 0;
    }
}
