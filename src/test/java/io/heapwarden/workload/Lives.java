package io.heapwarden.workload;

import io.heapwarden.growth.Signal;
import io.heapwarden.growth.State;
import io.heapwarden.workload.LifeSummary.Floors;
import io.heapwarden.workload.LifeSummary.Leak;
import io.heapwarden.workload.LifeSummary.Rising;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lives of a day, with what a test is about put in. */
final class Lives {

    static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    static final long MIB = 1L << 20;
    static final double LIMIT = 512.0 * MIB;

    private String id = "life-1";
    private String revision = "6c9a";
    private Instant startedAt = START;
    private Duration age = Duration.ofDays(1);
    private Duration calm = Duration.ofHours(20);
    private State state = State.Healthy;
    private double highest = 200.0 * MIB;
    private double growthMib = 4;
    private double growthExponent;
    private @Nullable Rising rising;
    private @Nullable Leak leak;

    /** Of the revision after the usual one. */
    static Lives newer() {
        return new Lives().id("newer").revision("7d4f", START.plus(Duration.ofDays(1)));
    }

    Lives id(String name) {
        id = name;
        return this;
    }

    Lives revision(String name, Instant from) {
        revision = name;
        startedAt = from;
        return this;
    }

    Lives aged(Duration time) {
        age = time;
        return this;
    }

    Lives calm(Duration time) {
        calm = time;
        return this;
    }

    Lives state(State one) {
        state = one;
        return this;
    }

    Lives highest(double mib) {
        highest = mib * MIB;
        return this;
    }

    /** Growth at the end, and the power of the age by which it came there. */
    Lives grew(double mib, double exponent) {
        growthMib = mib;
        growthExponent = exponent;
        return this;
    }

    Lives rising(Signal signal, @Nullable String culprit) {
        rising = new Rising(signal, culprit);
        return this;
    }

    Lives leaking(Signal signal, @Nullable String culprit, Duration at) {
        leak = new Leak(signal, culprit, at);
        state = State.Leaking;
        return rising(signal, culprit);
    }

    LifeSummary running() {
        Map<Integer, Double> growth = new TreeMap<>();
        for (int i = 4; i <= Ages.reached(age); i++) {
            double share = (double) Ages.of(i).toMillis() / age.toMillis();
            growth.put(i, growthMib * MIB * Math.pow(share, growthExponent));
        }
        return new LifeSummary(
                id,
                revision,
                startedAt,
                startedAt.plus(age),
                Duration.ofMinutes(1),
                Ending.Running,
                state,
                rising,
                leak,
                Map.of(Signal.HeapAfterGC, new Floors(highest, calm, LIMIT, growth)));
    }

    LifeSummary ended(Ending how) {
        return running().ended(how);
    }
}
