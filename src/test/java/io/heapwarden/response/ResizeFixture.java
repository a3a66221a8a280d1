package io.heapwarden.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Assessment.SignalReading;
import io.heapwarden.growth.Exhaustion;
import io.heapwarden.growth.Signal;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.response.ResizableContainer.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;

/** A container that leaks outside the heap, full in two to three hours, whose restart waits ten for a window: everything the gate lets through. */
final class ResizeFixture {

    static final Instant NOW = GateFixture.NOW;
    static final long MIB = 1L << 20;

    GateRefusal restart = GateRefusal.OutsideWindow;
    Instant restartAt = NOW.plus(Duration.ofHours(10));
    Verdict verdict = Verdict.NativeGrowth;
    Exhaustion exhaustion = new Exhaustion(Duration.ofHours(2), Duration.ofHours(3), Signal.ContainerAnon);
    Map<Signal, SignalReading> signals = new EnumMap<>(Signal.class);
    Long limit = 320 * MIB;
    boolean restartsForIt;
    Pending pending;
    boolean enforce = true;
    long ceiling = 1024 * MIB;
    Duration cooldown = Duration.ofMinutes(30);
    ResizeAbility ability = ResizeAbility.Possible;
    PastResize last;

    ResizeFixture last(Duration ago, ActionOutcome outcome, int number) {
        last = new PastResize(NOW.minus(ago), outcome, number);
        return this;
    }

    /** Forecasts that this signal meets its limit in two hours. */
    ResizeFixture endsBy(Signal signal) {
        exhaustion = new Exhaustion(Duration.ofHours(2), null, signal);
        return this;
    }

    /** Lets a signal have this much room below its limit. */
    ResizeFixture room(Signal signal, long mib) {
        signals.put(signal, new SignalReading(1_000 * MIB, 1.0, (double) ((1_000 + mib) * MIB)));
        return this;
    }

    ResizeDecision decide() {
        return new ResizeGate()
                .decide(
                        new ResizeProposal(
                                GateFixture.LEAKING,
                                new Assessment(
                                        State.Leaking, verdict, 0.9, List.of(), List.of(), exhaustion, signals, false),
                                new GateDecision.Refused(restart, "the restart waits", restartAt)),
                        new ResizableContainer("app", limit, false, restartsForIt, pending),
                        new ResizeRules(enforce, ceiling, cooldown, RestartRules.DEFAULT_RETRY_AFTER, ability),
                        last,
                        NOW);
    }

    ResizeDecision.Allowed allowed() {
        assertThat(decide()).isInstanceOf(ResizeDecision.Allowed.class);
        return (ResizeDecision.Allowed) decide();
    }

    /** Refused for this reason; goes on with the sentence. */
    AbstractStringAssert<?> assertRefused(ResizeRefusal reason) {
        assertThat(decide()).isInstanceOf(ResizeDecision.Refused.class);
        ResizeDecision.Refused refused = (ResizeDecision.Refused) decide();
        assertThat(refused.reason()).as(refused.sentence()).isEqualTo(reason);
        return assertThat(refused.sentence());
    }
}
