package io.heapwarden.evidence.collect;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.heapwarden.evidence.heapdump.HeapDumpPlan.LivenessProbe;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a pod's spec says that a heap dump in one of its containers has to respect. Sizes are in bytes.
 *
 * @param livenessProbes of the container
 * @param processors the container's limit of processors; null when it has none
 * @param hostPath whether the directory is one of the node's, and so on its disk
 * @param volumeSizeLimit {@code sizeLimit} of the emptyDir that the directory is in; null when it is in none, or without one
 * @param ephemeralLimit the container's limit of ephemeral-storage; null when it has none
 * @param ephemeralUsed what counts towards that now; zero where it is not known
 */
public record PodBounds(
        List<LivenessProbe> livenessProbes,
        @Nullable Double processors,
        boolean hostPath,
        @Nullable Long volumeSizeLimit,
        @Nullable Long ephemeralLimit,
        long ephemeralUsed) {

    /** Of a process that is in no pod. */
    public static final PodBounds NONE = new PodBounds(List.of(), null, false, null, null, 0);

    /** What the API server fills in where a probe says nothing. */
    private static final int DEFAULT_PERIOD = 10;

    private static final int DEFAULT_TIME_OUT = 1;
    private static final int DEFAULT_THRESHOLD = 3;

    public PodBounds {
        livenessProbes = List.copyOf(livenessProbes);
    }

    /** Reads them from a spec; a container that is not in it has none. */
    public static PodBounds of(Pod pod, String container, String directory) {
        Container spec = pod.getSpec().getContainers().stream()
                .filter(one -> container.equals(one.getName()))
                .findFirst()
                .orElse(null);
        if (spec == null) {
            return NONE;
        }
        Map<String, Quantity> limits =
                spec.getResources() == null || spec.getResources().getLimits() == null
                        ? Map.of()
                        : spec.getResources().getLimits();
        Volume volume = volume(pod, spec, directory);
        Quantity sizeLimit = volume == null || volume.getEmptyDir() == null
                ? null
                : volume.getEmptyDir().getSizeLimit();
        Quantity processors = limits.get("cpu");
        return new PodBounds(
                spec.getLivenessProbe() == null ? List.of() : List.of(probe(spec.getLivenessProbe())),
                processors == null
                        ? null
                        : Double.valueOf(Quantity.getAmountInBytes(processors).doubleValue()),
                volume != null && volume.getHostPath() != null,
                bytes(sizeLimit),
                bytes(limits.get("ephemeral-storage")),
                0);
    }

    private static LivenessProbe probe(Probe probe) {
        return new LivenessProbe(
                Duration.ofSeconds(Objects.requireNonNullElse(probe.getPeriodSeconds(), DEFAULT_PERIOD)),
                Duration.ofSeconds(Objects.requireNonNullElse(probe.getTimeoutSeconds(), DEFAULT_TIME_OUT)),
                Math.max(1, Objects.requireNonNullElse(probe.getFailureThreshold(), DEFAULT_THRESHOLD)));
    }

    /** The volume whose mount is nearest above the directory; null when that is the container's own layer. */
    private static @Nullable Volume volume(Pod pod, Container spec, String directory) {
        String name = spec.getVolumeMounts().stream()
                .filter(mount -> (directory + "/").startsWith(withEndSlash(mount.getMountPath())))
                .max(Comparator.comparingInt(
                        (VolumeMount mount) -> mount.getMountPath().length()))
                .map(VolumeMount::getName)
                .orElse(null);
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static String withEndSlash(String path) {
        return path.endsWith("/") ? path : path + "/";
    }

    private static @Nullable Long bytes(@Nullable Quantity quantity) {
        return quantity == null
                ? null
                : Long.valueOf(Quantity.getAmountInBytes(quantity).longValue());
    }
}
