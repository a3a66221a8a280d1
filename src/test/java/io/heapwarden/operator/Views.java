package io.heapwarden.operator;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Culprit;
import io.heapwarden.growth.Exhaustion;
import io.heapwarden.growth.Signal;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.operator.ContainerView.LeftAlone;
import io.heapwarden.operator.ContainerView.ProbeTrouble;
import io.heapwarden.time.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may be known of a container. */
final class Views {

    private Views() {}

    static ContainerView container(State state, Verdict verdict) {
        return container(state, assessment(state, verdict), null, List.of());
    }

    /** A container that runs out in five to nine hours because of orders. */
    static ContainerView leaking() {
        return container(State.Leaking, leak("com.shop.Order"), null, List.of());
    }

    /** A container whose memory limit is met in one to two hours by what is not in its heap. */
    static ContainerView leakingOutsideTheHeap() {
        Assessment assessment = new Assessment(
                State.Leaking,
                Verdict.NativeGrowth,
                0.9,
                List.of(),
                List.of(),
                new Exhaustion(Duration.ofHours(1), Duration.ofHours(2), Signal.ContainerAnon),
                Map.of(),
                false);
        return container(State.Leaking, assessment, null, List.of());
    }

    static ContainerView leftAlone(String reason) {
        return container(State.WarmingUp, null, new LeftAlone(reason, "because of " + reason), List.of());
    }

    static ContainerView container(
            State state, @Nullable Assessment assessment, @Nullable LeftAlone leftAlone, List<ProbeTrouble> troubles) {
        return new ContainerView(
                "app",
                state,
                Instant.parse("2026-11-23T11:00:00Z"),
                ScriptedProbe.reading(MovableClock.START, 40L << 20),
                assessment,
                leftAlone,
                troubles,
                Instant.parse("2026-11-23T11:59:00Z"),
                60,
                2,
                null,
                null);
    }

    static PodView pod(ContainerView... containers) {
        return new PodView(PodKey.of(Shop.pod()), Workload.of(Shop.pod()), List.of(containers), null, null);
    }

    static Assessment leak(String culprit) {
        return new Assessment(
                State.Leaking,
                Verdict.RetentionLeak,
                0.934,
                List.of("the floor after collections has risen for 2h", "com.shop.Order explains 81% of it"),
                List.of(
                        new Culprit(culprit, "java.util.HashMap", 12_000.4, 3.5 * (1 << 20), 0.81),
                        new Culprit("byte[]", null, 1, 1, 0.1)),
                new Exhaustion(Duration.ofHours(5), Duration.ofHours(9), Signal.HeapAfterGC),
                Map.of(
                        Signal.Threads, new Assessment.SignalReading(20, 0.0, null),
                        Signal.HeapAfterGC,
                                new Assessment.SignalReading(200 << 20, 12.0 * (1 << 20), 256.0 * (1 << 20))),
                true);
    }

    private static Assessment assessment(State state, Verdict verdict) {
        return new Assessment(state, verdict, 0.9, List.of(), List.of(), null, Map.of(), false);
    }
}
