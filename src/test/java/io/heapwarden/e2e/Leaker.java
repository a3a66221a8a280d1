package io.heapwarden.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The manifest of a workload whose JVM leaks com.shop.Order, which is told after about two minutes. After
 * five it runs out of memory and begins anew: where the machine was too busy to see it the first time, the next life is told sooner.
 *
 * @param kind Deployment, StatefulSet, DaemonSet, Job or Pod
 * @param name its name, and the value of its pods' label {@code app}
 * @param replicas pods it wants; 0 where the kind has no such field
 * @param spec lines of the workload's spec
 * @param pod lines of the pod's spec
 * @param container lines of the container
 * @param arguments of the JVM
 */
record Leaker(
        String kind,
        String name,
        int replicas,
        List<String> spec,
        List<String> pod,
        List<String> container,
        List<String> arguments) {

    private static final List<String> ARGUMENTS = List.of(
            "-Xmx128m", "-Xmn8m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "Leak", "450", "512", "1024");

    static Leaker deployment(String name, int replicas) {
        return new Leaker("Deployment", name, replicas, List.of(), List.of(), List.of(), ARGUMENTS);
    }

    static Leaker of(String kind, String name, int replicas) {
        return new Leaker(kind, name, replicas, List.of(), List.of(), List.of(), ARGUMENTS);
    }

    Leaker spec(String line) {
        return new Leaker(kind, name, replicas, and(spec, line), pod, container, arguments);
    }

    Leaker pod(String line) {
        return new Leaker(kind, name, replicas, spec, and(pod, line), container, arguments);
    }

    Leaker container(String line) {
        return new Leaker(kind, name, replicas, spec, pod, and(container, line), arguments);
    }

    Leaker arguments(String... given) {
        return new Leaker(kind, name, replicas, spec, pod, container, List.of(given));
    }

    /** As {@code kubectl apply} takes it. */
    String manifest() {
        String apiVersion =
                switch (kind) {
                    case "Pod" -> "v1";
                    case "Job" -> "batch/v1";
                    default -> "apps/v1";
                };
        StringBuilder text = new StringBuilder("apiVersion: %s\nkind: %s\n".formatted(apiVersion, kind));
        if (kind.equals("Pod")) {
            text.append("metadata: {name: %1$s, labels: {app: %1$s}}\nspec:\n".formatted(name));
            return text.append(podSpec().indent(2)).toString();
        }
        text.append("metadata: {name: %s}\nspec:\n".formatted(name));
        if (replicas > 0) {
            text.append("  replicas: %d\n".formatted(replicas));
        }
        if (!kind.equals("Job")) {
            text.append("  selector: {matchLabels: {app: %s}}\n".formatted(name));
        }
        spec.forEach(line -> text.append("  ").append(line).append('\n'));
        text.append("  template:\n    metadata: {labels: {app: %s}}\n    spec:\n".formatted(name));
        return text.append(podSpec().indent(6)).toString();
    }

    private String podSpec() {
        return """
                terminationGracePeriodSeconds: 1
                securityContext: {runAsUser: %d}
                %scontainers:
                - name: app
                  image: localhost/heapwarden-workload:17
                  imagePullPolicy: IfNotPresent
                  args: [%s]
                  resources: {limits: {memory: 400Mi}, requests: {memory: 32Mi, cpu: 5m}}
                %s"""
                .formatted(
                        Pods.NOBODY,
                        lines(pod, ""),
                        arguments.stream().map(argument -> '"' + argument + '"').collect(Collectors.joining(", ")),
                        lines(container, "  "));
    }

    private static String lines(List<String> lines, String indent) {
        return lines.stream().map(line -> indent + line + "\n").collect(Collectors.joining());
    }

    private static List<String> and(List<String> lines, String line) {
        List<String> all = new ArrayList<>(lines);
        all.add(line);
        return all;
    }
}
