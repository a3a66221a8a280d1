package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.security.Finding;
import io.heapwarden.security.FindingLedger.Change;
import io.heapwarden.security.Observation;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes in what was seen of a pod between its turns, and responds at once. Seen again, it is only counted. Safe for use by many threads. */
@ApplicationScoped
public class FindingIntake {

    private final FindingNews news;
    private final FindingPublisher publisher;

    FindingIntake(FindingNews news, FindingPublisher publisher) {
        this.news = news;
        this.publisher = publisher;
    }

    /** A finding that is new or worse, and is to be responded to. */
    record Begun(Finding finding) {}

    /** Takes in one observation, from memory only; empty when nothing follows from it. */
    Optional<Begun> take(PodMonitor monitor, Observation seen, Instant at) {
        Change change = monitor.findings().see(seen, at);
        return change == Change.New || change == Change.Worse
                ? monitor.findings().get(seen.key()).map(Begun::new)
                : Optional.empty();
    }

    /** Does what the policy says. */
    void respond(Pod pod, PodMonitor monitor, Begun begun) {
        PolicyPlan plan = monitor.plan();
        news.noticed(pod, plan, monitor, List.of(begun.finding()));
        publisher.publish(monitor);
        news.begun(pod, plan, List.of(begun.finding()));
    }
}
