package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.CLIENT;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryReport;
import io.heapwarden.api.MemoryReportStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What the operator lets be seen in one namespace, read the way its users read it. */
final class Observed {

    private final String namespace;

    Observed(String namespace) {
        this.namespace = namespace;
    }

    List<Pod> pods(String app) {
        return CLIENT.pods().inNamespace(namespace).withLabel("app", app).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    /** The one pod of an app, once it runs. */
    Pod pod(String app) {
        return await("a running pod of " + app)
                .atMost(Duration.ofMinutes(2))
                .until(
                        () -> pods(app).stream()
                                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    Optional<MemoryReport> report(String pod) {
        return Optional.ofNullable(CLIENT.resources(MemoryReport.class)
                .inNamespace(namespace)
                .withName(pod)
                .get());
    }

    /** Waits until the report of a pod is as wanted, and returns it. */
    MemoryReportStatus report(String pod, Duration patience, Predicate<MemoryReportStatus> wanted) {
        return await("the report of " + pod)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> report(pod).map(MemoryReport::getStatus), status -> status.filter(wanted)
                        .isPresent())
                .orElseThrow();
    }

    /** Follows a pod's state until it is the wanted one; returns every state that was seen, in order. */
    Set<String> statesUntil(String pod, String last, Duration patience) {
        Set<String> seen = new LinkedHashSet<>();
        await("pod " + pod + " to become " + last)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    report(pod)
                            .map(MemoryReport::getStatus)
                            .map(MemoryReportStatus::state)
                            .ifPresent(seen::add);
                    return seen.contains(last);
                });
        return seen;
    }

    MemoryPolicy policy(String name) {
        return CLIENT.resources(MemoryPolicy.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    /** Reasons of the Events on an object, with their messages. */
    Map<String, String> events(String kind, String name) {
        Map<String, String> byReason = new LinkedHashMap<>();
        for (Event event : CLIENT.v1().events().inNamespace(namespace).list().getItems()) {
            if (event.getInvolvedObject().getKind().equals(kind)
                    && event.getInvolvedObject().getName().equals(name)
                    && "heapwarden".equals(event.getReportingComponent())) {
                byReason.put(event.getReason(), event.getMessage());
            }
        }
        return byReason;
    }

    /** Everything an Event of one reason said on an object. */
    List<String> said(String kind, String name, String reason) {
        return CLIENT.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getKind().equals(kind)
                        && event.getInvolvedObject().getName().equals(name)
                        && reason.equals(event.getReason()))
                .map(Event::getMessage)
                .toList();
    }

    Map<String, String> annotations(String pod) {
        Pod found = CLIENT.pods().inNamespace(namespace).withName(pod).get();
        Map<String, String> ours = new TreeMap<>();
        if (found != null && found.getMetadata().getAnnotations() != null) {
            found.getMetadata().getAnnotations().forEach((key, value) -> {
                if (key.startsWith("heapwarden.io/")) {
                    ours.put(key, value);
                }
            });
        }
        return ours;
    }

    List<String> actionOutcomes(String policy) {
        MemoryPolicy found = policy(policy);
        if (found.getStatus() == null || found.getStatus().lastActions() == null) {
            return List.of();
        }
        List<String> outcomes = new ArrayList<>();
        found.getStatus().lastActions().forEach(action -> outcomes.add(action.outcome()));
        return outcomes;
    }
}
