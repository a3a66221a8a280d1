package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.heapwarden.api.ActionRecord;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.NotSupportedFields;
import io.heapwarden.api.Response.Action;
import io.heapwarden.response.EvictionOutcome;
import io.heapwarden.response.EvictionOutcome.BlockedByBudget;
import io.heapwarden.response.EvictionOutcome.Evicted;
import io.heapwarden.response.EvictionOutcome.Gone;
import io.heapwarden.response.EvictionOutcome.Unanswered;
import io.heapwarden.response.GateDecision;
import io.heapwarden.response.GateDecision.Allowed;
import io.heapwarden.response.GateDecision.DryRun;
import io.heapwarden.response.GateDecision.Refused;
import io.heapwarden.response.PodEvictor;
import io.heapwarden.response.PodIdentity;
import io.heapwarden.response.RestartGate;
import io.heapwarden.response.RestartProposal;
import io.heapwarden.response.WorkloadView;
import io.heapwarden.telemetry.EventReason;
import io.heapwarden.telemetry.OperatorMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Brings a wish to restart a pod before the gate and carries out what it says. One restart of a policy is decided at a time. The intent stands in
 * the policy's status before the pod is evicted, so that neither a killed operator nor a second leader counts wrongly.
 */
@ApplicationScoped
public class Restarter {

    private static final Logger LOG = Logger.getLogger(Restarter.class);

    /** The gate is not asked about one pod more often than this: each answer costs reading the workload. */
    private static final Duration LEAST_BETWEEN_QUESTIONS = Duration.ofSeconds(5);

    private static final Duration MOST_BETWEEN_QUESTIONS = Duration.ofMinutes(5);

    private final RestartGate gate = new RestartGate();
    private final PodEvictor evictor;
    private final WorkloadReader workloads;
    private final ActionLog log;
    private final PolicyCache policies;
    private final PolicyStatusWriter status;
    private final PolicyEvents events;
    private final OperatorMetrics metrics;
    private final Clock clock;
    private final Map<PolicyKey, ReentrantLock> locks = new ConcurrentHashMap<>();

    Restarter(
            PodEvictor evictor,
            WorkloadReader workloads,
            ActionLog log,
            PolicyCache policies,
            PolicyStatusWriter status,
            PolicyEvents events,
            OperatorMetrics metrics,
            Clock clock) {
        this.evictor = evictor;
        this.workloads = workloads;
        this.log = log;
        this.policies = policies;
        this.status = status;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Considers restarting a pod, if it is time to ask again. */
    void propose(Pod pod, PolicyPlan plan, PodMonitor monitor, ContainerView container) {
        Instant now = clock.instant();
        if (now.isBefore(monitor.askGateAt()) || !NotSupportedFields.restartAllowed(plan.notSupported())) {
            return;
        }
        MemoryPolicy policy = policies.policy(plan.key()).orElse(null);
        ReentrantLock lock = locks.computeIfAbsent(plan.key(), key -> new ReentrantLock());
        if (policy == null || !lock.tryLock()) {
            return;
        }
        try {
            monitor.askGateAt(now.plus(LEAST_BETWEEN_QUESTIONS));
            WorkloadView workload = workloads.read(pod);
            RestartProposal proposal =
                    new RestartProposal(identity(pod), container.verdict(), container.state(), false);
            GateDecision decision = gate.decide(proposal, workload, plan.restartRules(), log.history(policy), now);
            switch (decision) {
                case Allowed allowed -> evict(pod, plan, policy, workload, allowed.sentence(), now);
                case DryRun wouldBe -> {
                    monitor.askGateAt(now.plus(MOST_BETWEEN_QUESTIONS));
                    wouldEvict(pod, plan, policy, workload, wouldBe.sentence(), now);
                }
                case Refused refused -> refuse(pod, plan, monitor, refused, now);
            }
        } finally {
            lock.unlock();
        }
    }

    private void evict(
            Pod pod, PolicyPlan plan, MemoryPolicy policy, WorkloadView workload, String sentence, Instant now) {
        ActionRecord intent = record(pod, workload, "Intended", sentence, now);
        EvictionOutcome outcome;
        try {
            outcome = evictor.evict(identity(pod), () -> {
                log.put(policy, intent);
                status.writeOrThrow(plan.key());
                events.onBoth(EventReason.Restarting, pod, plan.key(), sentence);
            });
        } catch (KubernetesClientException unwritten) {
            outcome = new EvictionOutcome.Failed(
                    "Nothing was evicted: the intent could not be written to the policy's status: "
                            + unwritten.getMessage());
        }
        log.put(policy, record(pod, workload, outcome.recordedAs().name(), words(outcome, sentence), now));
        status.write(plan.key());
        metrics.acted(Action.Restart, outcome.recordedAs());
        LOG.infof("%s: %s", outcome.recordedAs(), words(outcome, sentence));
        switch (outcome) {
            case Evicted done -> events.onBoth(EventReason.Restarted, pod, plan.key(), sentence);
            case Gone gone -> LOG.debugf("Nothing to evict: %s", gone.message());
            case BlockedByBudget blocked ->
                events.onBoth(
                        EventReason.RestartBlocked,
                        pod,
                        plan.key(),
                        sentence(blocked.message()) + " It is tried again in "
                                + Phrases.duration(plan.restartRules().retryAfter()) + ".");
            case Unanswered unanswered ->
                events.onBoth(EventReason.RestartFailed, pod, plan.key(), unanswered.message());
            case EvictionOutcome.Forbidden forbidden ->
                events.onBoth(EventReason.RestartFailed, pod, plan.key(), forbidden.message());
            case EvictionOutcome.Failed failed ->
                events.onBoth(EventReason.RestartFailed, pod, plan.key(), failed.message());
        }
    }

    private void wouldEvict(
            Pod pod, PolicyPlan plan, MemoryPolicy policy, WorkloadView workload, String sentence, Instant now) {
        String uid = pod.getMetadata().getUid();
        boolean said = log.of(policy).stream()
                .anyMatch(old -> old.podUid().equals(uid)
                        && old.outcome().equals(ActionLog.DryRunOutcome.WouldHaveEvicted.name()));
        if (!said) {
            log.put(policy, record(pod, workload, ActionLog.DryRunOutcome.WouldHaveEvicted.name(), sentence, now));
            status.write(plan.key());
            metrics.acted(Action.Restart, ActionLog.DryRunOutcome.WouldHaveEvicted);
            events.onBoth(EventReason.WouldRestart, pod, plan.key(), sentence);
        }
    }

    private void refuse(Pod pod, PolicyPlan plan, PodMonitor monitor, Refused refused, Instant now) {
        metrics.gateRefused(refused.reason());
        Instant latest = now.plus(MOST_BETWEEN_QUESTIONS);
        Instant again = refused.askAgainAt();
        if (again != null) {
            monitor.askGateAt(again.isBefore(latest) ? again : latest);
        }
        if (refused.reason().worthAnEvent()) {
            events.onBoth(EventReason.RestartRefused, pod, plan.key(), refused.sentence());
        }
    }

    private static ActionRecord record(Pod pod, WorkloadView workload, String outcome, String reason, Instant at) {
        return new ActionRecord(
                at.truncatedTo(ChronoUnit.MILLIS).toString(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                workload.name(),
                Action.Restart.name(),
                outcome,
                reason);
    }

    private static String sentence(String words) {
        return words.endsWith(".") ? words : words + ".";
    }

    private static String words(EvictionOutcome outcome, String sentence) {
        return switch (outcome) {
            case Evicted done -> sentence;
            case BlockedByBudget blocked -> blocked.message();
            case Gone gone -> gone.message();
            case Unanswered unanswered -> unanswered.message();
            case EvictionOutcome.Forbidden forbidden -> forbidden.message();
            case EvictionOutcome.Failed failed -> failed.message();
        };
    }

    private static PodIdentity identity(Pod pod) {
        return new PodIdentity(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid());
    }
}
