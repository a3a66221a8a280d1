package io.heapwarden.operator;

import io.heapwarden.security.Finding;
import io.heapwarden.security.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The condition Secure: whether one of a policy's pods shows a finding that is bad enough to be looked at. */
final class SecureCondition {

    /** Milder findings are in the reports; a policy with a fleet of old images would never be secure by them. */
    private static final Severity LEAST = Severity.High;

    private static final int SHOWN = 3;

    private SecureCondition() {}

    private record Shown(String pod, Finding finding) {}

    static void say(Conditions conditions, PolicyPlan plan, List<PodMonitor> pods, List<String> obstacles) {
        if (!plan.security().asksForAnything()) {
            conditions.isUnknown(
                    "Secure",
                    "NotAsked",
                    "spec.security is not set, so no security check is made and no event listened to.");
            return;
        }
        List<Shown> bad = pods.stream()
                .flatMap(pod -> pod.findings().findings().stream()
                        .filter(finding -> finding.severity().atLeast(LEAST))
                        .map(finding -> new Shown(pod.key().name(), finding)))
                .sorted(Comparator.comparing((Shown shown) -> shown.finding().severity())
                        .reversed()
                        .thenComparing(Shown::pod))
                .toList();
        if (!bad.isEmpty()) {
            conditions.isFalse(
                    "Secure",
                    bad.getFirst().finding().severity() + "Findings",
                    bad.stream().limit(SHOWN).map(SecureCondition::words).collect(Collectors.joining("; "))
                            + (bad.size() > SHOWN ? "; and " + (bad.size() - SHOWN) + " more" : "")
                            + ". The pods' MemoryReports have the remedies.");
        } else if (!obstacles.isEmpty()) {
            conditions.isUnknown(
                    "Secure",
                    "NotAllLookedAt",
                    "Nothing severe was found, but not everything is looked at: " + String.join("; ", obstacles) + ".");
        } else {
            conditions.isTrue("Secure", "NoSevereFinding", "No pod shows a finding of severity High or Critical.");
        }
    }

    private static String words(Shown shown) {
        return "pod " + shown.pod() + ": " + shown.finding().key().rule() + " ("
                + shown.finding().observation().message() + ")";
    }
}
