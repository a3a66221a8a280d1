package io.heapwarden.operator;

import io.heapwarden.api.MemoryPolicyStatus;
import io.heapwarden.security.Finding;
import io.heapwarden.security.Severity;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts the security findings of pods. Pure. */
final class FindingCounts {

    private FindingCounts() {}

    static Map<Severity, Integer> bySeverity(List<PodMonitor> pods) {
        return pods.stream()
                .flatMap(pod -> pod.findings().findings().stream())
                .collect(Collectors.groupingBy(Finding::severity, Collectors.summingInt(finding -> 1)));
    }

    static MemoryPolicyStatus.FindingCounts of(List<PodMonitor> pods) {
        Map<Severity, Integer> counts = bySeverity(pods);
        return new MemoryPolicyStatus.FindingCounts(
                counts.getOrDefault(Severity.Critical, 0),
                counts.getOrDefault(Severity.High, 0),
                counts.getOrDefault(Severity.Medium, 0),
                counts.getOrDefault(Severity.Low, 0));
    }
}
