package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.api.Response;
import io.heapwarden.api.Response.Action;
import io.heapwarden.response.notify.NoticeKind;
import io.heapwarden.security.Finding;
import io.heapwarden.security.Observation;
import io.heapwarden.telemetry.EventReason;
import io.heapwarden.telemetry.OperatorMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** Tells what begins and ends to be a finding of a pod: in Events and to receivers where a response says so, in metrics and the log always. */
@ApplicationScoped
public class FindingNews {

    private static final Logger LOG = Logger.getLogger(FindingNews.class);

    private final PolicyEvents events;
    private final Notices notices;
    private final OperatorMetrics metrics;

    FindingNews(PolicyEvents events, Notices notices, OperatorMetrics metrics) {
        this.events = events;
        this.notices = notices;
        this.metrics = metrics;
    }

    /** Something is seen for the first time, or got worse. */
    void begun(Pod pod, PolicyPlan plan, List<Finding> findings) {
        for (Finding finding : findings) {
            metrics.finding(finding.key().source(), finding.severity());
            String sentence = sentence(finding);
            LOG.infof(
                    "Finding on pod %s/%s: %s",
                    pod.getMetadata().getNamespace(), pod.getMetadata().getName(), sentence);
            Set<Action> actions = actions(plan, finding);
            if (actions.contains(Action.Event)) {
                events.onBoth(EventReason.SecurityFinding, pod, plan.key(), discriminator(finding), sentence);
            }
            if (actions.contains(Action.Notify)) {
                notices.tell(NoticeKind.Finding, pod, plan, discriminator(finding), sentence);
            }
        }
    }

    /** Something is over. */
    void ended(Pod pod, PolicyPlan plan, List<Finding> findings) {
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
                notices.tell(NoticeKind.FindingResolved, pod, plan, discriminator(finding), sentence);
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
