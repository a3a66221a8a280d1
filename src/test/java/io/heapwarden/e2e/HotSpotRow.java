package io.heapwarden.e2e;

import io.heapwarden.api.ContainerReport;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One kind of pod that runs a HotSpot JVM, and what is expected to be seen of it.
 *
 * @param name name of the pod
 * @param what what is peculiar about it, in words
 * @param image name of the image, without {@code localhost/heapwarden-workload:}
 * @param command what runs, as the elements of a JSON array
 * @param pod more fields of the pod's spec, as YAML in one line that begins with a comma, or nothing
 * @param surroundings user and file systems
 * @param expected what must be seen
 */
record HotSpotRow(
        String name,
        String what,
        String image,
        List<String> command,
        String pod,
        Surroundings surroundings,
        Expected expected) {

    /**
     * What a container is surrounded by.
     *
     * @param user the uid, and gid
     * @param readOnlyRoot whether the root file system cannot be written
     * @param tmp whether an emptyDir is mounted at /tmp
     * @param environment value of JAVA_TOOL_OPTIONS, or nothing
     */
    record Surroundings(int user, boolean readOnlyRoot, boolean tmp, String environment) {}

    /**
     * What must be seen of a pod. The names of channels, signals and reasons are those of a report.
     *
     * @param channel the channel in use, or nothing where the container is left alone
     * @param signals signals that must be there
     * @param noSignals signals that must not: what is not known is not said
     * @param histogram {@code taken}, or the reason why none was
     * @param leftAlone the reason why the container is left alone, or nothing
     */
    record Expected(String channel, Set<String> signals, Set<String> noSignals, String histogram, String leftAlone) {

        /** Whether a report is as expected. */
        boolean isMetBy(Seen seen) {
            return seen.channel().equals(channel)
                    && seen.signals().containsAll(signals)
                    && seen.signals().stream().noneMatch(noSignals::contains)
                    && seen.histogram().equals(histogram)
                    && seen.leftAlone().equals(leftAlone);
        }
    }

    /** What a report said of a pod, in the same words. */
    record Seen(String jvm, String channel, String source, Set<String> signals, String histogram, String leftAlone) {

        /** They need many samples. */
        private static final Set<String> RATES = Set.of("GcTime", "AllocationRate");

        static Seen of(ContainerReport container) {
            String refusal = Stream.ofNullable(container.lastRefusals())
                    .flatMap(List::stream)
                    .filter(refused -> refused.probe().equals("histogram"))
                    .map(ContainerReport.ProbeRefusal::reason)
                    .findFirst()
                    .orElse("");
            return new Seen(
                    describe(container.jvm()),
                    container.channel() == null ? "" : container.channel().name(),
                    container.channel() == null ? "" : container.channel().source(),
                    Stream.ofNullable(container.signals())
                            .flatMap(List::stream)
                            .map(ContainerReport.SignalReport::signal)
                            .filter(signal -> !RATES.contains(signal))
                            .collect(Collectors.toCollection(TreeSet::new)),
                    container.histograms() > 0 ? "taken" : refusal,
                    container.leftAlone() == null ? "" : container.leftAlone().reason());
        }
    }

    private static String describe(ContainerReport.@Nullable Jvm jvm) {
        if (jvm == null) {
            return "";
        }
        return jvm.version() == null ? jvm.collector() : jvm.version() + " " + jvm.collector();
    }

    String manifest() {
        String volumes = surroundings.tmp() ? ", volumes: [{name: tmp, emptyDir: {}}]" : "";
        String mounts = surroundings.tmp() ? ", volumeMounts: [{name: tmp, mountPath: /tmp}]" : "";
        String environment = surroundings.environment().isEmpty()
                ? ""
                : ", env: [{name: JAVA_TOOL_OPTIONS, value: \"" + surroundings.environment() + "\"}]";
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %1$s, labels: {app: %1$s}}
                spec: {terminationGracePeriodSeconds: 0, securityContext: {runAsUser: %2$d, runAsGroup: %2$d}%3$s%4$s, containers: [{name: app,
                  image: "localhost/heapwarden-workload:%5$s", imagePullPolicy: IfNotPresent, command: [%6$s]%7$s%8$s,
                  resources: {limits: {memory: 288Mi}, requests: {memory: 64Mi, cpu: 100m}},
                  securityContext: {readOnlyRootFilesystem: %9$s, allowPrivilegeEscalation: false}}]}
                ---
                """
                .formatted(
                        name,
                        surroundings.user(),
                        volumes,
                        pod,
                        image,
                        command.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", ")),
                        mounts,
                        environment,
                        surroundings.readOnlyRoot());
    }
}
