package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Culprit;
import io.heapwarden.growth.State;
import io.heapwarden.security.Finding;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What stands on a pod: enough for somebody who sees the pod only, and the way to the whole. */
final class Annotations {

    static final String STATE = "heapwarden.io/state";
    static final String VERDICT = "heapwarden.io/verdict";
    static final String CULPRIT = "heapwarden.io/culprit";
    static final String EXHAUSTION = "heapwarden.io/exhaustion";
    static final String REPORT = "heapwarden.io/report";
    static final String FINDING = "heapwarden.io/finding";

    static final Set<String> KEYS = Set.of(STATE, VERDICT, CULPRIT, EXHAUSTION, REPORT, FINDING);

    private Annotations() {}

    /** The state a pod's annotations tell; Healthy when they tell none. */
    static State state(Pod pod) {
        String written = PodAnnotator.ownAnnotations(pod).get(STATE);
        return Arrays.stream(State.values())
                .filter(state -> state.name().equals(written))
                .findFirst()
                .orElse(State.Healthy);
    }

    static Map<String, String> withoutForecast(Map<String, String> annotations) {
        Map<String, String> rest = new TreeMap<>(annotations);
        rest.remove(EXHAUSTION);
        return rest;
    }

    static Map<String, String> of(Finding finding) {
        return Map.of(FINDING, finding.severity() + ": " + finding.key().rule());
    }

    /** What an eviction and a restarted workload bear: for which policy, and why. */
    static Map<String, String> ofRestart(PolicyKey policy, String reason) {
        return Map.of("heapwarden.io/policy", policy.name(), "heapwarden.io/reason", reason);
    }

    static Map<String, String> of(PodView view) {
        Map<String, String> annotations = new TreeMap<>();
        view.worst().ifPresent(worst -> {
            annotations.put(STATE, worst.state().name());
            annotations.put(REPORT, view.pod().name());
            Assessment assessment = worst.assessment();
            if (assessment != null) {
                annotations.put(VERDICT, assessment.verdict().name());
                assessment.culprits().stream()
                        .findFirst()
                        .map(Culprit::className)
                        .ifPresent(culprit -> annotations.put(CULPRIT, culprit));
                if (assessment.exhaustion() != null) {
                    annotations.put(EXHAUSTION, Phrases.exhaustion(assessment.exhaustion()));
                }
            }
        });
        return annotations;
    }
}
