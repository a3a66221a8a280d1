package io.heapwarden.evidence.heapdump;

import io.heapwarden.evidence.heapdump.HeapDumpPlan.Directory;
import io.heapwarden.evidence.heapdump.HeapDumpPlan.Directory.Kind;
import io.heapwarden.evidence.heapdump.HeapDumpPlan.LivenessProbe;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides whether a heap dump may be taken, from what it is predicted to take and what there is. It knows neither clock nor cluster.
 *
 * <p>Pages of the file that the kernel keeps in its cache are charged to the container, too, but are reclaimed once they are written to the disk, and are
 * therefore not counted as memory the dump needs. In a directory that is in memory they cannot be, and are.
 */
public final class HeapDumpForecast {

    /**
     * What has to stay free of a node's disk: the kubelet evicts pods when less than 15% is free of the file system that has the containers' layers, and
     * 10% of its own (its defaults of {@code evictionHard}).
     */
    private static final double NODE_RESERVE = 0.15;

    private HeapDumpForecast() {}

    /** The decision; the first check that refuses is the reason. */
    public static HeapDumpDecision decide(HeapDumpPlan plan) {
        HeapDumpPrediction prediction = HeapDumpPrediction.of(plan.jvm());
        return Stream.of(
                        attach(plan),
                        pause(plan, prediction),
                        liveness(plan, prediction),
                        memory(plan, prediction),
                        disk(plan.directory(), prediction),
                        ephemeralStorage(plan.directory(), prediction),
                        volume(plan.directory(), prediction))
                .flatMap(Optional::stream)
                .findFirst()
                .map(refusal ->
                        (HeapDumpDecision) new HeapDumpDecision.Refused(refusal.reason, refusal.sentence, prediction))
                .orElseGet(() -> new HeapDumpDecision.Allowed(prediction));
    }

    private record Refusal(HeapDumpRefusal reason, String sentence) {}

    private static Optional<Refusal> attach(HeapDumpPlan plan) {
        return refuseIf(
                !plan.jvm().attachable(),
                HeapDumpRefusal.AttachDisabled,
                "The JVM cannot be asked for a heap dump: take -XX:+DisableAttachMechanism and -Xrs out of its options");
    }

    private static Optional<Refusal> pause(HeapDumpPlan plan, HeapDumpPrediction prediction) {
        return refuseIf(
                prediction.pause().compareTo(plan.maxPause()) > 0,
                HeapDumpRefusal.PauseTooLong,
                "A heap dump would stop the application for up to %s, and it may be stopped for %s: raise maxPause"
                        .formatted(seconds(prediction.pause()), seconds(plan.maxPause())));
    }

    private static Optional<Refusal> liveness(HeapDumpPlan plan, HeapDumpPrediction prediction) {
        return plan.livenessProbes().stream()
                .min(Comparator.comparing(LivenessProbe::tolerance))
                .filter(tightest -> prediction.pause().compareTo(tightest.tolerance()) >= 0)
                .map(tightest -> new Refusal(
                        HeapDumpRefusal.LivenessProbe,
                        "A heap dump would stop the application for up to %s, and the kubelet kills the container when it does not answer for %s: raise failureThreshold or timeoutSeconds of its liveness probe"
                                .formatted(seconds(prediction.pause()), seconds(tightest.tolerance()))));
    }

    private static Optional<Refusal> memory(HeapDumpPlan plan, HeapDumpPrediction prediction) {
        Long limit = plan.memory().limit();
        boolean inMemory = plan.directory().kind() == Kind.MEMORY;
        long needed = prediction.memory() + plan.memory().client() + (inMemory ? prediction.disk() : 0);
        long free = limit == null ? Long.MAX_VALUE : limit - plan.memory().unreclaimable();
        return refuseIf(
                needed > free,
                HeapDumpRefusal.NotEnoughMemory,
                "A heap dump would take up to %s of memory%s, and the container has %s left under its limit: raise the limit%s"
                        .formatted(
                                size(needed),
                                inMemory ? ", the file included, since its directory is in memory" : "",
                                size(free),
                                inMemory ? ", or have the dump written to a disk" : ""));
    }

    private static Optional<Refusal> disk(Directory directory, HeapDumpPrediction prediction) {
        double share = directory.kind() == Kind.NODE_DISK ? NODE_RESERVE : 0;
        long reserve = Math.round(share * directory.capacity());
        return refuseIf(
                prediction.disk() > directory.free() - reserve,
                HeapDumpRefusal.DiskFull,
                "A heap dump would take up to %s of disk, and %s are free%s: have it written to a larger volume"
                        .formatted(
                                size(prediction.disk()),
                                size(directory.free()),
                                reserve > 0
                                        ? ", of which %s have to stay so that the node does not evict pods"
                                                .formatted(size(reserve))
                                        : ""));
    }

    private static Optional<Refusal> ephemeralStorage(Directory directory, HeapDumpPrediction prediction) {
        Long limit = directory.kind() == Kind.NODE_DISK ? directory.ephemeralLimit() : null;
        long free = limit == null ? Long.MAX_VALUE : limit - directory.ephemeralUsed();
        return refuseIf(
                prediction.disk() > free,
                HeapDumpRefusal.EphemeralStorage,
                "A heap dump would take up to %s of disk, and the pod is evicted when the container takes more than another %s: raise its limit of ephemeral-storage, or have the dump written to a volume"
                        .formatted(size(prediction.disk()), size(free)));
    }

    private static Optional<Refusal> volume(Directory directory, HeapDumpPrediction prediction) {
        Long limit = directory.sizeLimit();
        long free = limit == null ? Long.MAX_VALUE : limit - directory.used();
        return refuseIf(
                prediction.disk() > free,
                HeapDumpRefusal.VolumeSizeLimit,
                "A heap dump would take up to %s of the emptyDir, and the pod is evicted when more than another %s are in it: raise its sizeLimit"
                        .formatted(size(prediction.disk()), size(free)));
    }

    private static Optional<Refusal> refuseIf(boolean refused, HeapDumpRefusal reason, String sentence) {
        return refused ? Optional.of(new Refusal(reason, sentence)) : Optional.empty();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, "%,d MiB", Math.floorDiv(bytes, 1L << 20));
    }
}
