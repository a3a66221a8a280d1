package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.api.Response;
import io.heapwarden.api.Response.Action;
import io.heapwarden.operator.NoticedFindings.Noticed;
import io.heapwarden.security.Finding;
import io.heapwarden.security.FindingSource;
import io.heapwarden.security.Observation;
import io.heapwarden.telemetry.EventReason;
import io.heapwarden.telemetry.OperatorMetrics;
import io.heapwarden.telemetry.SpanKey;
import io.heapwarden.telemetry.TraceSpan;
import io.heapwarden.telemetry.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Tells what begins and ends to be a finding of a pod: in Events and to receivers where a response says so, in metrics and the log always. */
@ApplicationScoped
public class FindingNews {

    private static final Logger LOG = Logger.getLogger(FindingNews.class);

    private final PolicyEvents events;
    private final Notices notices;
    private final OperatorMetrics metrics;
    private final Tracing tracing;
    private final Clock clock;

    FindingNews(PolicyEvents events, Notices notices, OperatorMetrics metrics, Tracing tracing, Clock clock) {
        this.events = events;
        this.notices = notices;
        this.metrics = metrics;
        this.tracing = tracing;
        this.clock = clock;
    }

    /** The span of a finding, which what is done about it follows from. */
    static SpanKey spanKey(Pod pod, Finding finding) {
        return SpanKey.finding(pod.getMetadata().getUid(), discriminator(finding));
    }

    /** Something is known for the first time, or got worse. Comes before it is acted on, and before it is told. */
    void noticed(Pod pod, PolicyPlan plan, PodMonitor monitor, List<Finding> findings) {
        Instant now = clock.instant();
        for (Finding finding : findings) {
            FindingSource source = finding.key().source();
            monitor.memory().noticed().add(finding, now);
            if (!source.standing()) {
                metrics.findingDetected(source, finding.severity(), between(finding.lastSeen(), now));
            }
            Instant since = finding.lastSeen().isBefore(now) ? finding.lastSeen() : now;
            try (TraceSpan span = tracing.begin(spanKey(pod, finding), null, since)) {
                span.with(SpanNames.RISK, finding.severity().name())
                        .with(SpanNames.RULE, finding.key().rule())
                        .with(SpanNames.SOURCE, source.name())
                        .with(SpanNames.NAMESPACE, pod.getMetadata().getNamespace())
                        .with(SpanNames.POD, pod.getMetadata().getName())
                        .with(SpanNames.CONTAINER, finding.key().container())
                        .with(SpanNames.POLICY, plan.key().name());
            }
        }
    }

    /** What was noticed has been acted on: annotations are written, and the gate was asked. */
    void acted(PolicyPlan plan, PodMonitor monitor) {
        Instant now = clock.instant();
        for (Noticed noticed : monitor.memory().noticed().take()) {
            Finding finding = noticed.finding();
            Set<Action> actions = actions(plan, finding);
            if (actions.contains(Action.Annotate) || actions.contains(Action.Restart)) {
                metrics.findingActed(finding.key().source(), finding.severity(), between(noticed.at(), now));
            }
        }
    }

    /** Clocks of two nodes may differ. */
    private static Duration between(Instant from, Instant to) {
        return from.isAfter(to) ? Duration.ZERO : Duration.between(from, to);
    }

    /** Something that was noticed is told. */
    void begun(Pod pod, PolicyPlan plan, PodMonitor monitor, List<Finding> findings) {
        for (Finding finding : findings) {
            metrics.finding(finding.key().source(), finding.severity());
            String sentence = sentence(finding);
            LOG.infof(
                    "Finding on pod %s/%s: %s",
                    pod.getMetadata().getNamespace(), pod.getMetadata().getName(), sentence);
            Set<Action> actions = actions(plan, finding);
            if (actions.contains(Action.Event)) {
                events.onBoth(
                        EventReason.SecurityFinding,
                        pod,
                        plan.key(),
                        discriminator(finding),
                        tracing.tail(spanKey(pod, finding), sentence));
            }
            if (actions.contains(Action.Notify)) {
                notices.found(plan, monitor.view(), finding, discriminator(finding), sentence);
            }
        }
    }

    /** Tells receivers again what stands: who was told leaves it out, and an Alertmanager has to hear it. */
    void standing(PolicyPlan plan, PodMonitor monitor) {
        toBeNotified(plan, monitor.findings().findings())
                .forEach(finding ->
                        notices.found(plan, monitor.view(), finding, discriminator(finding), sentence(finding)));
    }

    /** The pod is not followed any more. */
    void gone(PolicyPlan plan, PodMonitor monitor) {
        toBeNotified(plan, monitor.findings().findings())
                .forEach(finding ->
                        notices.foundNoMore(plan, monitor.view(), finding, discriminator(finding), "The pod is gone"));
    }

    private static Stream<Finding> toBeNotified(PolicyPlan plan, List<Finding> findings) {
        return plan.receivers().isEmpty()
                ? Stream.empty()
                : findings.stream().filter(finding -> actions(plan, finding).contains(Action.Notify));
    }

    /** Something is over. */
    void ended(Pod pod, PolicyPlan plan, PodMonitor monitor, List<Finding> findings) {
        for (Finding finding : findings) {
            metrics.findingOver(
                    finding.key().source(),
                    finding.severity(),
                    Duration.between(finding.firstSeen(), finding.lastSeen()));
            Set<Action> actions = actions(plan, finding);
            String sentence = "No longer found: " + finding.key().rule() + inContainer(finding.key());
            if (actions.contains(Action.Event)) {
                events.onBoth(EventReason.SecurityFindingOver, pod, plan.key(), discriminator(finding), sentence);
            }
            if (actions.contains(Action.Notify)) {
                notices.foundNoMore(plan, monitor.view(), finding, discriminator(finding), sentence);
            }
        }
    }

    private static Set<Action> actions(PolicyPlan plan, Finding finding) {
        return plan.responseTo(finding).map(Response::actions).map(Set::copyOf).orElse(Set.of());
    }

    private static String sentence(Finding finding) {
        Observation seen = finding.observation();
        return "%s: %s%s: %s. %s%s"
                .formatted(
                        seen.severity(),
                        seen.key().rule(),
                        inContainer(seen.key()),
                        seen.message(),
                        seen.remedy(),
                        seen.reference().isEmpty() ? "" : " (" + seen.reference() + ")");
    }

    private static String inContainer(Observation.Key key) {
        return key.container().isEmpty() ? "" : " in container " + key.container();
    }

    private static String discriminator(Finding finding) {
        return finding.key().rule() + "/" + finding.key().container() + "/"
                + finding.key().subject();
    }
}
