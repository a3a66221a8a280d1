package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.heapwarden.api.ActionRecord;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.response.ActionOutcome;
import io.heapwarden.response.AttemptOutcome;
import io.heapwarden.response.GateDecision;
import io.heapwarden.response.GateDecision.Allowed;
import io.heapwarden.response.GateDecision.DryRun;
import io.heapwarden.response.GateDecision.Refused;
import io.heapwarden.response.RestartCause;
import io.heapwarden.response.RestartCause.Growth;
import io.heapwarden.response.RestartCause.SecurityFinding;
import io.heapwarden.response.RestartGate;
import io.heapwarden.response.RestartProposal;
import io.heapwarden.response.RestartTarget;
import io.heapwarden.response.RestartWay;
import io.heapwarden.response.WorkloadView;
import io.heapwarden.security.Finding;
import io.heapwarden.telemetry.SpanKey;
import io.heapwarden.telemetry.TraceSpan;
import io.heapwarden.telemetry.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings a wish to restart a pod before the gate and carries out what it says. One restart of the installation is decided at a time. What the caches
 * say is enough to refuse by; to act, everything is read anew, and the intent stands in the policy's status before anything is done, written only if
 * nobody else wrote meanwhile: so neither a stale cache, a killed operator nor a second leader restarts twice for one cause.
 */
@ApplicationScoped
public class Restarter {

    private static final Logger LOG = Logger.getLogger(Restarter.class);

    /** The gate is not asked about one pod more often than this: each answer costs reading the workload. */
    private static final Duration LEAST_BETWEEN_QUESTIONS = Duration.ofSeconds(5);

    private static final Duration MOST_BETWEEN_QUESTIONS = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String WOULD = ActionLog.DryRunOutcome.WouldHaveEvicted.name();

    private final RestartGate gate = new RestartGate();
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final RestartWays ways;
    private final WorkloadReader workloads;
    private final ActionLog log;
    private final PolicyCache policies;
    private final PolicyStatusWriter status;
    private final PolicyTrigger trigger;
    private final RestartNews news;
    private final Trials trials;
    private final Resizer resizer;
    private final Tracing tracing;
    private final Clock clock;

    Restarter(
            RestartWays ways,
            WorkloadReader workloads,
            ActionLog log,
            PolicyCache policies,
            PolicyStatusWriter status,
            PolicyTrigger trigger,
            RestartNews news,
            Trials trials,
            Resizer resizer,
            Tracing tracing,
            Clock clock) {
        this.ways = ways;
        this.workloads = workloads;
        this.log = log;
        this.policies = policies;
        this.status = status;
        this.trigger = trigger;
        this.news = news;
        this.trials = trials;
        this.resizer = resizer;
        this.tracing = tracing;
        this.clock = clock;
    }

    /** The gate said something else when everything was read anew. */
    private static final class SecondThoughts extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient GateDecision decision;

        SecondThoughts(GateDecision decision) {
            super(decision.sentence(), null, false, false);
            this.decision = decision;
        }
    }

    /** Considers restarting a pod for what one of its containers shows, if it is time to ask again. */
    void propose(Pod pod, PolicyPlan plan, PodMonitor monitor, ContainerView container) {
        propose(
                pod,
                plan,
                monitor,
                new Growth(container.verdict(), container.state(), container.confidence()),
                container,
                SpanKey.verdict(monitor.key().uid(), container.container()));
    }

    /** Considers restarting a pod for a security finding, if it is time to ask again. */
    void propose(Pod pod, PolicyPlan plan, PodMonitor monitor, Finding finding) {
        propose(
                pod,
                plan,
                monitor,
                new SecurityFinding(
                        finding.key().rule(),
                        finding.severity(),
                        finding.observation().restartHelps()),
                null,
                FindingNews.spanKey(pod, finding));
    }

    private void propose(
            Pod pod,
            PolicyPlan plan,
            PodMonitor monitor,
            RestartCause cause,
            @Nullable ContainerView container,
            SpanKey follows) {
        Instant now = clock.instant();
        MemoryPolicy policy = policies.policy(plan.key()).orElse(null);
        if (now.isBefore(monitor.askGateAt()) || policy == null || !hasTurn()) {
            return;
        }
        try (TraceSpan span = tracing.begin(SpanKey.act(monitor.key().uid()), follows)) {
            monitor.askGateAt(now.plus(LEAST_BETWEEN_QUESTIONS));
            RestartWish wish = new RestartWish(pod, plan, policy, cause, container, now);
            ActSpans.describe(span, wish);
            WorkloadView workload = workloads.read(pod);
            GateDecision decision = decide(wish, workload);
            if (decision instanceof Allowed) {
                workload = workloads.readNow(pod);
                decision = act(wish, workload, monitor, span);
            }
            settle(wish, workload, monitor, decision);
            ActSpans.describe(span, decision);
        } catch (KubernetesClientException unreadable) {
            monitor.askGateAt(now.plus(plan.restartRules().retryAfter()));
            LOG.warnf("Not decided on a restart of %s: %s", monitor.key(), unreadable.getMessage());
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Waits for the decision on another pod; whoever waits too long asks again in the pod's next turn. */
    private boolean hasTurn() {
        try {
            return oneAtATime.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private GateDecision decide(RestartWish wish, WorkloadView workload) {
        RestartProposal proposal = new RestartProposal(
                wish.identity(),
                wish.cause(),
                ways.wayFor(wish.plan(), workload),
                wish.plan().askedByName(wish.pod().getMetadata().getName()));
        return gate.decide(
                proposal,
                workload,
                ways.rules(wish.plan().restartRules()),
                log.history(policies.all(), wish.at()),
                wish.at());
    }

    /** Restarts; hands back what the gate said at last. */
    private GateDecision act(RestartWish wish, WorkloadView workload, PodMonitor monitor, TraceSpan span) {
        GateDecision decision = decide(wish, workload);
        if (!(decision instanceof Allowed allowed)) {
            return decision;
        }
        RestartWay way = ways.wayFor(wish.plan(), workload);
        Workload owner = Workload.of(wish.pod());
        ActionRecord intent = news.record(
                wish.pod(), workload, ActionOutcome.Intended.name(), allowed.sentence(), wish.at(), allowed.again());
        AttemptOutcome outcome;
        try {
            outcome = ways.of(way)
                    .restart(
                            new RestartTarget(
                                    wish.identity(),
                                    owner.kind(),
                                    owner.name(),
                                    wish.at().truncatedTo(ChronoUnit.MILLIS),
                                    Annotations.ofRestart(wish.plan().key(), allowed.sentence())),
                            () -> intend(wish, workload, way, intent, allowed));
        } catch (SecondThoughts thoughts) {
            return thoughts.decision;
        } catch (KubernetesClientException unwritten) {
            outcome = new AttemptOutcome.Failed(
                    "Nothing was restarted: the intent could not be written to the policy's status: "
                            + unwritten.getMessage());
        }
        String words = outcome.message().isEmpty() ? allowed.sentence() : outcome.message();
        log.put(
                wish.policy(),
                news.record(wish.pod(), workload, outcome.recordedAs().name(), words, wish.at(), allowed.again()));
        status.write(wish.plan().key());
        span.with(SpanNames.OUTCOME, outcome.recordedAs().name());
        news.attempted(wish, way, outcome, allowed.sentence());
        monitor.said(new RestartWord(wish.at(), outcome.recordedAs().name(), words, null));
        return allowed;
    }

    private void intend(RestartWish wish, WorkloadView workload, RestartWay way, ActionRecord intent, Allowed allowed) {
        status.intend(wish.plan().key(), now -> {
            log.withdraw(wish.policy(), intent);
            log.learn(now);
            GateDecision decision = decide(wish, workload);
            if (!(decision instanceof Allowed)) {
                throw new SecondThoughts(decision);
            }
            log.put(wish.policy(), intent);
        });
        news.begins(wish, way, allowed.sentence());
    }

    private void settle(RestartWish wish, WorkloadView workload, PodMonitor monitor, GateDecision decision) {
        switch (decision) {
            case Allowed done -> LOG.debugf("Restart of %s was tried", monitor.key());
            case DryRun wouldBe -> {
                monitor.askGateAt(wish.at().plus(MOST_BETWEEN_QUESTIONS));
                monitor.said(new RestartWord(wish.at(), WOULD, wouldBe.sentence(), null));
                would(wish, workload, wouldBe.sentence());
            }
            case Refused refused -> {
                Instant latest = wish.at().plus(MOST_BETWEEN_QUESTIONS);
                Instant again = refused.askAgainAt();
                if (again != null) {
                    monitor.askGateAt(again.isBefore(latest) ? again : latest);
                }
                monitor.said(new RestartWord(wish.at(), refused.reason().name(), refused.sentence(), again));
                news.refused(wish.pod(), wish.plan(), refused);
                resizer.consider(wish, workload, refused);
            }
        }
    }

    private void would(RestartWish wish, WorkloadView workload, String sentence) {
        String uid = wish.pod().getMetadata().getUid();
        boolean said = log.of(wish.policy()).stream()
                .anyMatch(old -> old.podUid().equals(uid) && old.outcome().equals(WOULD));
        if (!said) {
            log.put(wish.policy(), news.record(wish.pod(), workload, WOULD, sentence, wish.at(), false));
            trials.begin(wish.policy(), wish.pod(), wish.at());
            // Nothing was done, so the status may be written with what else is new: many pods may come at a time.
            trigger.fire(wish.plan().key());
            news.would(wish.pod(), wish.plan(), sentence);
        }
    }
}
