package io.heapwarden.operator;

import io.heapwarden.api.Sampling;
import io.heapwarden.api.Sampling.Histogram;
import io.heapwarden.history.ContainerCheckpoint;
import io.heapwarden.probe.Target;
import io.heapwarden.telemetry.OperatorMetrics;
import io.heapwarden.time.MovableClock;
import io.heapwarden.workload.Ending;
import io.heapwarden.workload.WorkloadMemory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;

/** A container that is followed by one monitor, a minute from turn to turn. */
final class Followed {

    final MovableClock clock;
    final ScriptedProbe probe;
    PolicyPlan plan = histograms(Histogram.When.OnSuspicion);
    String containerId = "containerd://1";
    Ending endedBefore = Ending.Running;

    private RememberedWorkload workload;
    private ContainerMonitor monitor;

    Followed() {
        clock = new MovableClock();
        probe = new ScriptedProbe(clock);
        restartOperator(null);
    }

    /** A monitor as a restarted operator makes it. */
    void restartOperator(@Nullable ContainerCheckpoint checkpoint) {
        workload = new RememberedWorkload(null, null, clock.instant());
        monitor = new ContainerMonitor(
                "app", anyPlan -> probe, new OperatorMetrics(new SimpleMeterRegistry()), checkpoint);
    }

    ContainerCheckpoint checkpoint() {
        return monitor.checkpoint();
    }

    /** Good time of the first objective, over its period. */
    long goodMillis() {
        return monitor.life()
                .tracker("no-leak")
                .orElseThrow()
                .compliance(clock.instant())
                .good()
                .toMillis();
    }

    WorkloadMemory remembered() {
        return workload.memory();
    }

    ContainerView turn() {
        clock.move(plan.interval());
        return monitor.sample(
                new Target("shop", Shop.POD, "uid", "app", containerId),
                new Origin(workload, "6c9", endedBefore),
                plan,
                clock);
    }

    ContainerView turns(int count) {
        ContainerView last = monitor.view();
        for (int i = 0; i < count; i++) {
            last = turn();
        }
        return last;
    }

    static PolicyPlan histograms(Histogram.When when) {
        return PolicyPlan.of(Shop.policy(new Sampling("1m", new Histogram(when, "5m", false, "250ms"), null)));
    }
}
