package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.heapwarden.api.Durations;
import io.heapwarden.api.Evidence;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicySpec;
import io.heapwarden.api.MemoryPolicySpec.Mode;
import io.heapwarden.api.NotSupportedFields;
import io.heapwarden.api.Percentages;
import io.heapwarden.api.Quantities;
import io.heapwarden.api.Response;
import io.heapwarden.api.Restart;
import io.heapwarden.api.Restart.Strategy;
import io.heapwarden.api.Sampling;
import io.heapwarden.api.Sampling.Channel;
import io.heapwarden.api.Sampling.Histogram;
import io.heapwarden.growth.State;
import io.heapwarden.objective.GrowthObjective;
import io.heapwarden.probe.ChannelKind;
import io.heapwarden.response.MaxUnavailable;
import io.heapwarden.response.RestartRules;
import io.heapwarden.response.RestartWay;
import io.heapwarden.response.RestartWindow;
import io.heapwarden.security.Finding;
import io.heapwarden.security.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy as the operator works by it: defaults filled in, texts read, references resolved. Immutable; a changed policy is a new plan.
 *
 * @param key which policy
 * @param uid its uid
 * @param generation generation of the spec it was read from
 * @param selector which pods
 * @param containers which containers; empty means all
 * @param interval time between two samples
 * @param channels ways to a JVM that may be used, the preferred first
 * @param histogram when histograms are taken
 * @param objectives what growth is acceptable
 * @param responses what is done and when, the first that matches
 * @param restartRules when pods are restarted
 * @param way how
 * @param standalonePods pods that may be deleted although nothing brings them back
 * @param resizeCeiling up to which memory limit, in bytes, a container's may be raised; null when not at all
 * @param evidence what is collected before a restart
 * @param receivers names of the receivers that are told
 * @param security what of the pods' security is watched
 * @param notSupported paths of fields that are set and do nothing in this version
 */
public record PolicyPlan(
        PolicyKey key,
        String uid,
        Long generation,
        LabelSelector selector,
        Set<String> containers,
        Duration interval,
        List<ChannelKind> channels,
        Histogram histogram,
        List<GrowthObjective> objectives,
        List<Response> responses,
        RestartRules restartRules,
        RestartWay way,
        Set<String> standalonePods,
        @Nullable Long resizeCeiling,
        Evidence evidence,
        List<String> receivers,
        SecurityPlan security,
        List<String> notSupported) {

    /** What is done about findings where security is asked for and no response speaks of them. */
    private static final Response ON_FINDINGS = new Response(
            new Response.When(null, null, Severity.High), List.of(Response.Action.Annotate, Response.Action.Event));

    /**
     * Reads a policy.
     *
     * @throws IllegalArgumentException when it holds what the API server should have refused; the message says what and where
     */
    public static PolicyPlan of(MemoryPolicy policy) {
        MemoryPolicySpec spec = policy.getSpec();
        Sampling sampling = spec.sampling();
        return new PolicyPlan(
                PolicyKey.of(policy),
                policy.getMetadata().getUid(),
                policy.getMetadata().getGeneration(),
                spec.selector(),
                Set.copyOf(spec.containers()),
                Durations.parse(sampling.interval()),
                sampling.channels().stream().map(PolicyPlan::kind).toList(),
                sampling.histogram(),
                Objectives.of(spec.objectives()),
                spec.responses(),
                rules(spec),
                spec.restart().strategy() == Strategy.RolloutRestart ? RestartWay.RolloutRestart : RestartWay.Evict,
                Set.copyOf(spec.restart().standalonePods()),
                ceiling(spec.restart()),
                spec.evidence(),
                spec.receivers(),
                SecurityPlan.of(spec.security()),
                NotSupportedFields.in(spec));
    }

    private static ChannelKind kind(Channel channel) {
        return switch (channel) {
            case Metrics -> ChannelKind.Metrics;
            case Exec -> ChannelKind.Exec;
            case EphemeralContainer -> ChannelKind.EphemeralContainer;
            case Kubelet -> ChannelKind.Kubelet;
        };
    }

    private static @Nullable Long ceiling(Restart restart) {
        return restart.resizeCeiling() == null ? null : (long) Quantities.parse(restart.resizeCeiling());
    }

    /** Whether a person allowed this very pod to be deleted, though nothing brings it back. */
    boolean askedByName(String pod) {
        return standalonePods.contains(pod);
    }

    boolean wantsEvidence() {
        return responses.stream().anyMatch(response -> response.actions().contains(Response.Action.Evidence));
    }

    boolean covers(String container) {
        return containers.isEmpty() || containers.contains(container);
    }

    boolean enforces() {
        return restartRules.enforce();
    }

    boolean liveHistogram() {
        return Boolean.TRUE.equals(histogram.live());
    }

    Duration maxPause() {
        return Durations.parse(histogram.maxPause());
    }

    /** Whether a class histogram should be taken with the next sample. */
    boolean histogramDue(boolean wanted, Instant last, Instant now) {
        boolean asked =
                switch (histogram.when()) {
                    case OnSuspicion -> wanted;
                    case Periodic -> true;
                    case Never -> false;
                };
        return asked && !now.isBefore(last.plus(Durations.parse(histogram.minInterval())));
    }

    /** The first response whose condition holds for a container. */
    Optional<Response> responseTo(ContainerView container) {
        return responses.stream()
                .filter(response -> holds(response.when(), container))
                .findFirst();
    }

    /** The first response whose condition a finding meets. */
    Optional<Response> responseTo(Finding finding) {
        List<Response> speaking = responses.stream()
                .filter(response -> response.when().finding() != null)
                .toList();
        return (speaking.isEmpty() ? List.of(ON_FINDINGS) : speaking)
                .stream().filter(response -> meets(finding, response.when())).findFirst();
    }

    private static boolean meets(Finding finding, Response.When when) {
        Severity least = when.finding();
        return least != null && finding.severity().atLeast(least);
    }

    private static boolean holds(Response.When when, ContainerView container) {
        State least = when.state();
        if (least == null) {
            return false;
        }
        boolean reached = least == State.Unreachable || container.state() == State.Unreachable
                ? container.state() == least
                : PodView.urgency(container.state()) >= PodView.urgency(least);
        return reached && (when.verdicts() == null || when.verdicts().contains(container.verdict()));
    }

    private static RestartRules rules(MemoryPolicySpec spec) {
        Restart restart = spec.restart();
        return new RestartRules(
                spec.mode() == Mode.Enforce,
                Percentages.parse(restart.minConfidence()),
                Durations.parse(restart.cooldown()),
                Durations.parse(restart.leastRelief()),
                restart.maxPerDay(),
                MaxUnavailable.parse(String.valueOf(restart.maxUnavailable().getValue())),
                restart.windows().stream()
                        .map(window ->
                                RestartWindow.parse(window.days(), window.from(), window.to(), window.timeZone()))
                        .toList(),
                RestartRules.DEFAULT_RETRY_AFTER,
                RestartRules.DEFAULT_BETWEEN_ANY);
    }
}
