package io.heapwarden.operator;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.jvm.CounterRates;
import io.heapwarden.probe.JvmReading;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one container at one moment.
 *
 * @param container its name
 * @param state where it stands; {@link State#Unreachable} when nothing usable came back for a while
 * @param since since when it is in that state
 * @param reading the last counters; null when there were none yet
 * @param assessment the last judgement; null while there is none
 * @param leftAlone why it is not asked at all; null when it is
 * @param refusals the last probes that were refused or failed, newest first
 * @param lastSample when counters last came back
 * @param samples counters taken in this life
 * @param histograms histograms taken in this life
 * @param fleet what other lives of the workload say; null while it is not sampled
 * @param rates how fast things happened between the last two readings; null while that is not known
 */
public record ContainerView(
        String container,
        State state,
        Instant since,
        @Nullable JvmReading reading,
        @Nullable Assessment assessment,
        @Nullable LeftAlone leftAlone,
        List<ProbeTrouble> refusals,
        @Nullable Instant lastSample,
        long samples,
        long histograms,
        @Nullable Fleet fleet,
        @Nullable CounterRates rates) {

    public ContainerView {
        refusals = List.copyOf(refusals);
    }

    public Verdict verdict() {
        return assessment == null ? Verdict.Unknown : assessment.verdict();
    }

    /** How likely the verdict is right, 0 to 1. */
    public double confidence() {
        return assessment == null ? 0 : assessment.confidence();
    }

    /**
     * A container that is not sampled, which is a finding and not a fault.
     *
     * @param reason short, as in {@link io.heapwarden.probe.ProbeResult.RefusalReason}
     * @param detail in words, with the remedy where there is one
     */
    public record LeftAlone(String reason, String detail) {}

    /** One probe that brought nothing. */
    public record ProbeTrouble(Instant at, String probe, String reason, String detail) {}
}
