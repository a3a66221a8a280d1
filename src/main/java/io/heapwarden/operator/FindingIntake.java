package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.security.Finding;
import io.heapwarden.security.FindingLedger.Change;
import io.heapwarden.security.Observation;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Takes in what was seen of a pod between its turns, and has it responded to at once. Seen again, it is only counted. Safe for use by many threads. */
@ApplicationScoped
public class FindingIntake {

    private final FindingNews news;
    private final FindingPublisher publisher;
    private final PodWatch podWatch;

    FindingIntake(FindingNews news, FindingPublisher publisher, PodWatch podWatch) {
        this.news = news;
        this.publisher = publisher;
        this.podWatch = podWatch;
    }

    /** Takes in one observation; never waits. Where it is new or worse the policy is asked what to do, and that is done soon. */
    void take(PodMonitor monitor, Observation seen, Instant at) {
        Change change = monitor.findings().see(seen, at);
        if (change == Change.New || change == Change.Worse) {
            monitor.findings().get(seen.key()).ifPresent(finding -> respond(monitor, finding));
        }
    }

    private void respond(PodMonitor monitor, Finding finding) {
        Pod pod = podWatch.get(monitor.key());
        if (pod != null) {
            PolicyPlan plan = monitor.plan();
            news.noticed(pod, plan, monitor, List.of(finding));
            publisher.publish(monitor);
            news.begun(pod, plan, monitor, List.of(finding));
        }
    }
}
