package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.security.FindingLedger.Changes;
import io.heapwarden.security.FindingSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The security checks of one pod's turn. */
@ApplicationScoped
public class SecurityTurn {

    private final List<StandingCheck> checks;
    private final FindingNews news;
    private final Clock clock;

    SecurityTurn(SecurityChecks checks, FindingNews news, Clock clock) {
        this.checks = checks.all();
        this.news = news;
        this.clock = clock;
    }

    /** Makes the checks that are due, and forgets what happened too long ago. */
    void look(Pod pod, PolicyPlan plan, PodMonitor monitor) {
        Instant now = clock.instant();
        monitor.memory().wants(plan.security());
        news.ended(pod, plan, monitor, monitor.findings().age(now));
        for (FindingSource source : FindingSource.values()) {
            if (!plan.security().asksFor(source)) {
                monitor.findings().forget(source);
            }
        }
        for (StandingCheck check : checks) {
            for (Changes changes : check.look(pod, plan, monitor, now)) {
                news.noticed(pod, plan, monitor, changes.begun());
                news.begun(pod, plan, monitor, changes.begun());
                news.ended(pod, plan, monitor, changes.ended());
            }
        }
    }
}
