package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Culprit;
import io.heapwarden.growth.State;
import io.heapwarden.response.notify.ExhaustionWindow;
import io.heapwarden.response.notify.Links;
import io.heapwarden.response.notify.Notice;
import io.heapwarden.response.notify.NoticeKind;
import io.heapwarden.response.notify.Notifier;
import io.heapwarden.response.notify.Severity;
import io.heapwarden.response.notify.Subject;
import io.heapwarden.security.Finding;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells people outside the cluster, by the receivers that a policy names. What stands is told with every sample: receivers leave out what they were
 * told before, and an Alertmanager has to hear it again.
 */
@ApplicationScoped
public class Notices {

    private final Notifier notifier;
    private final Clock clock;

    /** Containers whose leak was told, by pod uid: only of them it is told when it is over. */
    private final Map<String, Set<String>> told = new ConcurrentHashMap<>();

    Notices(Notifier notifier, Clock clock) {
        this.notifier = notifier;
        this.clock = clock;
    }

    /** Tells how a pod stands. */
    void tell(PolicyPlan plan, PodView view, boolean wanted) {
        if (plan.receivers().isEmpty()) {
            return;
        }
        for (ContainerView container : view.containers()) {
            State state = container.state();
            if (state == State.Healthy || state == State.WarmingUp) {
                if (forget(view.pod().uid(), container.container())) {
                    send(plan, notice(NoticeKind.Recovered, plan, view, container, "No leak any more"));
                }
            } else if (wanted && state.confirmed()) {
                told.computeIfAbsent(view.pod().uid(), uid -> ConcurrentHashMap.newKeySet())
                        .add(container.container());
                NoticeKind kind = state == State.Critical ? NoticeKind.Critical : NoticeKind.LeakConfirmed;
                send(plan, notice(kind, plan, view, container, sentence(container)));
            }
        }
    }

    /** Tells what was done, or not done, about a pod. */
    void tell(NoticeKind kind, Pod pod, PolicyPlan plan, @Nullable String discriminator, String sentence) {
        if (plan.receivers().isEmpty()) {
            return;
        }
        Notice notice = Notice.of(kind, subject(PodKey.of(pod), Workload.of(pod), plan), sentence, clock.instant());
        send(plan, discriminator == null ? notice : notice.withDiscriminator(discriminator));
    }

    /** Tells that a finding stands; to be told again as long as it does. */
    void found(PolicyPlan plan, PodView view, Finding finding, String discriminator, String sentence) {
        tell(NoticeKind.Finding, plan, view, finding, discriminator, sentence);
    }

    /** Tells that a finding does not stand any more. */
    void foundNoMore(PolicyPlan plan, PodView view, Finding finding, String discriminator, String sentence) {
        tell(NoticeKind.FindingResolved, plan, view, finding, discriminator, sentence);
    }

    private void tell(
            NoticeKind kind, PolicyPlan plan, PodView view, Finding finding, String discriminator, String sentence) {
        if (plan.receivers().isEmpty()) {
            return;
        }
        Notice notice = Notice.of(kind, subject(view.pod(), view.workload(), plan), sentence, finding.firstSeen())
                .withDiscriminator(discriminator);
        send(
                plan,
                kind == NoticeKind.Finding ? notice.withSeverity(severity(finding)) : notice.withEnd(clock.instant()));
    }

    private static Subject subject(PodKey pod, Workload workload, PolicyPlan plan) {
        return new Subject(
                pod.namespace(),
                pod.name(),
                null,
                workload.toString(),
                plan.key().name());
    }

    private static Severity severity(Finding finding) {
        return switch (finding.severity()) {
            case Critical -> Severity.Critical;
            case High, Medium -> Severity.Warning;
            case Low -> Severity.Info;
        };
    }

    /** The pod is not followed any more. */
    void gone(PolicyPlan plan, PodView view) {
        Set<String> leaking = told.remove(view.pod().uid());
        if (leaking == null) {
            return;
        }
        view.containers().stream()
                .filter(container -> leaking.contains(container.container()))
                .forEach(container -> send(plan, notice(NoticeKind.PodGone, plan, view, container, "The pod is gone")));
    }

    /** Names that a policy uses and this installation does not have. */
    List<String> unknown(PolicyPlan plan) {
        return plan.receivers().stream()
                .filter(name -> !notifier.names().contains(name))
                .toList();
    }

    private boolean forget(String uid, String container) {
        Set<String> leaking = told.get(uid);
        return leaking != null && leaking.remove(container);
    }

    private void send(PolicyPlan plan, Notice notice) {
        plan.receivers().forEach(receiver -> notifier.tell(receiver, notice));
    }

    private Notice notice(NoticeKind kind, PolicyPlan plan, PodView view, ContainerView container, String sentence) {
        Subject subject = Subject.container(
                view.pod().namespace(),
                view.pod().name(),
                container.container(),
                view.workload().toString(),
                plan.key().name());
        Optional<Assessment> assessment = Optional.ofNullable(container.assessment());
        Instant now = clock.instant();
        return Notice.of(kind, subject, sentence, container.since())
                .withJudgement(
                        container.state(),
                        container.verdict(),
                        assessment
                                .flatMap(known -> known.culprits().stream().findFirst())
                                .map(Culprit::className)
                                .orElse(null),
                        assessment
                                .map(Assessment::exhaustion)
                                .map(exhaustion -> ExhaustionWindow.of(exhaustion, now))
                                .orElse(null))
                .withLinks(new Links(view.pod().name(), null, null));
    }

    private static String sentence(ContainerView container) {
        return Optional.ofNullable(container.assessment())
                .map(Assessment::reasons)
                .filter(reasons -> !reasons.isEmpty())
                .map(reasons -> String.join("; ", reasons))
                .orElse("Confirmed: " + container.verdict());
    }
}
