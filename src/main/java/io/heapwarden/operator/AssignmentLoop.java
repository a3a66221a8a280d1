package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pods and policies in step: compares which pods should be watched, and by which policy, with those that are, and starts, changes or ends
 * the difference. It looks at the whole every time, so that nothing depends on having seen an event: a pod that left while the operator was
 * down is let go like any other.
 */
@ApplicationScoped
public class AssignmentLoop {

    private static final Logger LOG = Logger.getLogger(AssignmentLoop.class);

    /** The whole is looked at this often, even when nothing is known to have changed. */
    private static final long PERIOD_SECONDS = 5;

    private final PodWatch podWatch;
    private final PolicyCache policies;
    private final Monitors monitors;
    private final SamplingSchedule schedule;
    private final Leftovers leftovers;
    private final ReportStore reports;
    private final ActionLog actions;
    private final Trials trials;
    private final PolicyMetrics metrics;
    private final WorkloadBook book;
    private final Semaphore woken = new Semaphore(0);
    private volatile @Nullable Thread loop;

    AssignmentLoop(
            PodWatch podWatch,
            PolicyCache policies,
            Monitors monitors,
            SamplingSchedule schedule,
            Leftovers leftovers,
            ReportStore reports,
            ActionLog actions,
            Trials trials,
            PolicyMetrics metrics,
            WorkloadBook book) {
        this.podWatch = podWatch;
        this.policies = policies;
        this.monitors = monitors;
        this.schedule = schedule;
        this.leftovers = leftovers;
        this.reports = reports;
        this.actions = actions;
        this.trials = trials;
        this.metrics = metrics;
        this.book = book;
    }

    /** Called when this replica begins to lead. */
    synchronized void start() {
        if (loop == null) {
            reports.load();
            actions.clear();
            trials.clear();
            book.clear();
            schedule.start();
            loop = Thread.ofVirtual().name("assignment").start(this::run);
        }
    }

    /** Called when this replica stops to lead, or ends. */
    @PreDestroy
    synchronized void stop() {
        Thread running = loop;
        if (running != null) {
            running.interrupt();
            loop = null;
        }
    }

    /** Says that something changed; many calls in a short time are one look. */
    void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (policies.known() && podWatch.anySynced()) {
                    lookAtAll();
                }
                if (woken.tryAcquire(PERIOD_SECONDS, TimeUnit.SECONDS)) {
                    // A rollout changes many pods in one second; the second look would find the same.
                    TimeUnit.MILLISECONDS.sleep(200);
                    woken.drainPermits();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAtAll() {
        try {
            Map<PodKey, Assignment> wanted = assignments();
            monitors.endAllBut(wanted.keySet());
            wanted.values().forEach(assignment -> monitors.follow(assignment.pod(), assignment.plan()));
            leftovers.sweep(wanted.keySet());
            List<PolicyPlan> plans = policies.plans();
            metrics.dropAllBut(plans.stream().map(PolicyPlan::key).collect(Collectors.toSet()));
            book.dropAllBut(plans.stream().map(PolicyPlan::uid).collect(Collectors.toSet()));
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "Could not bring pods and policies in step; trying again in %d s", PERIOD_SECONDS);
        }
    }

    private Map<PodKey, Assignment> assignments() {
        Map<String, List<PolicyPlan>> plansByNamespace = new HashMap<>();
        policies.plans().forEach(plan -> plansByNamespace
                .computeIfAbsent(plan.key().namespace(), namespace -> new ArrayList<>())
                .add(plan));
        Map<PodKey, Assignment> wanted = new HashMap<>();
        podWatch.pods()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .forEach(pod -> claimant(pod, plansByNamespace)
                        .ifPresent(plan -> wanted.put(PodKey.of(pod), new Assignment(pod, plan))));
        return wanted;
    }

    private static Optional<PolicyPlan> claimant(Pod pod, Map<String, List<PolicyPlan>> plans) {
        return plans.getOrDefault(pod.getMetadata().getNamespace(), List.of()).stream()
                .filter(plan -> LabelSelectors.matches(
                        plan.selector(), pod.getMetadata().getLabels()))
                .findFirst();
    }

    private record Assignment(Pod pod, PolicyPlan plan) {}
}
