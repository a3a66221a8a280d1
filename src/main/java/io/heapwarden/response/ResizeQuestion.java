package io.heapwarden.response;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Assessment.SignalReading;
import io.heapwarden.growth.Exhaustion;
import io.heapwarden.growth.Signal;
import io.heapwarden.response.ResizeDecision.Refused;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything the checks of a resize look at.
 *
 * @param last the pod's last resize; null when there was none
 */
record ResizeQuestion(
        ResizeProposal proposal,
        ResizableContainer container,
        ResizeRules rules,
        @Nullable PastResize last,
        Instant now) {

    Assessment assessment() {
        return proposal.assessment();
    }

    /** The container's limit; asked only after it is known to have one. */
    long limit() {
        return Objects.requireNonNull(container.limit());
    }

    /** Resizes of the pod so far. */
    int done() {
        return last == null ? 0 : last.done();
    }

    /** Whether the container's own limit is met before any inside the JVM. */
    boolean containerIsTheLimit() {
        Exhaustion end = assessment().exhaustion();
        if (end == null) {
            return switch (assessment().verdict()) {
                case NativeGrowth, ThreadLeak -> true;
                case DirectBufferLeak -> lessRoomThanFor(Signal.DirectBuffers);
                default -> false;
            };
        }
        return switch (end.signal()) {
            case ContainerAnon, NativeGap -> true;
            case DirectBuffers -> lessRoomThanFor(Signal.DirectBuffers);
            default -> false;
        };
    }

    /** When the container's limit is met, if that is what was forecast; else null. */
    @Nullable
    Exhaustion end() {
        Exhaustion end = assessment().exhaustion();
        return end != null && (end.signal() == Signal.ContainerAnon || end.signal() == Signal.NativeGap) ? end : null;
    }

    /** A byte more of direct buffers is a byte more of the container's memory, so whichever has less room left is full first. */
    private boolean lessRoomThanFor(Signal inside) {
        Double container = room(Signal.ContainerAnon);
        Double own = room(inside);
        return container != null && (own == null || container < own);
    }

    private @Nullable Double room(Signal signal) {
        SignalReading reading = assessment().signals().get(signal);
        Double limit = reading == null ? null : reading.limit();
        return reading == null || limit == null ? null : Double.valueOf(limit - reading.now());
    }

    @SuppressWarnings("AnnotateFormatMethod") // The annotation is in a library of its own; every sentence is tested.
    static Refused refused(ResizeRefusal reason, String sentence, Object... arguments) {
        return new Refused(reason, sentence.formatted(arguments));
    }
}
