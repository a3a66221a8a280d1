package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.security.Finding;
import io.heapwarden.security.FindingLedger.Change;
import io.heapwarden.security.Observation;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Takes in what was seen of a pod between its turns, and responds at once. Seen again, it is only counted. Safe for use by many threads. */
@ApplicationScoped
public class FindingIntake {

    private final FindingNews news;
    private final Publisher publisher;

    FindingIntake(FindingNews news, Publisher publisher) {
        this.news = news;
        this.publisher = publisher;
    }

    void take(Pod pod, PodMonitor monitor, Observation seen, Instant at) {
        Change change = monitor.findings().see(seen, at);
        if (change == Change.New || change == Change.Worse) {
            PolicyPlan plan = monitor.plan();
            List<Finding> begun = monitor.findings().findings().stream()
                    .filter(finding -> finding.key().equals(seen.key()))
                    .toList();
            publisher.publishAtOnce(pod, plan, monitor);
            news.begun(pod, plan, begun);
        }
    }
}
