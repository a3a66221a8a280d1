package io.heapwarden.operator;

import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.jvm.Collector;
import io.heapwarden.objective.Samples;
import io.heapwarden.probe.ChannelKind;
import io.heapwarden.probe.JvmIdentity;
import io.heapwarden.probe.JvmProbe;
import io.heapwarden.probe.JvmReading;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Route;
import io.heapwarden.probe.Target;
import io.heapwarden.time.MovableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A container that answers as a script says, and remembers when it was asked for what. */
final class ScriptedProbe implements JvmProbe {

    static final Instant JVM_STARTED = Instant.parse("2026-11-23T08:00:00Z");

    final List<Instant> askedForCounters = new ArrayList<>();
    final List<Instant> askedForHistogram = new ArrayList<>();
    final List<String> histogramTerms = new ArrayList<>();

    private final Clock clock;
    private Function<Instant, ProbeResult<JvmReading>> counters;
    private Function<Instant, ProbeResult<ClassHistogram>> histogram = now -> new Success<>(orders(now));

    ScriptedProbe(Clock clock) {
        this.clock = clock;
        this.counters = now -> new Success<>(reading(now, 40L << 20));
    }

    void steady() {
        counters = now -> new Success<>(reading(now, 40L << 20));
    }

    /** Grows by this much a minute from the clock's start on. */
    void growing(long bytesPerMinute) {
        counters = now -> new Success<>(reading(
                now, (40L << 20) + Duration.between(MovableClock.START, now).toMinutes() * bytesPerMinute));
    }

    /** Goes on under another memory limit of the container. */
    void within(@Nullable Long containerLimit) {
        counters = now -> new Success<>(reading(JVM_STARTED, now, 40L << 20, containerLimit));
    }

    void startedAt(Instant jvmStart) {
        counters = now -> new Success<>(reading(jvmStart, now, 40L << 20));
    }

    void refusing(RefusalReason reason) {
        counters = now -> new Refusal<>(reason, "because of " + reason);
    }

    void failing() {
        counters = now -> new Failure<>(FailureReason.TimedOut, "no answer in 15s");
    }

    void refusingHistograms(RefusalReason reason) {
        histogram = now -> new Refusal<>(reason, "because of " + reason);
    }

    @Override
    public ProbeResult<JvmReading> counters(Target target) {
        askedForCounters.add(clock.instant());
        return counters.apply(clock.instant());
    }

    @Override
    public ProbeResult<ClassHistogram> histogram(Target target, JvmReading last, boolean live, Duration maxPause) {
        askedForHistogram.add(clock.instant());
        histogramTerms.add((live ? "live" : "all") + " within " + maxPause);
        return histogram.apply(clock.instant());
    }

    /** A thousand orders more every minute. */
    private static ClassHistogram orders(Instant now) {
        long orders = 1_000 * (1 + Duration.between(MovableClock.START, now).toMinutes());
        return Samples.histogram(new ClassHistogram.Entry("com.shop.Order", orders, 64 * orders))
                .classes();
    }

    static JvmReading reading(Instant now, long heapAfterGc) {
        return reading(JVM_STARTED, now, heapAfterGc);
    }

    private static JvmReading reading(Instant jvmStart, Instant now, long heapAfterGc) {
        return reading(jvmStart, now, heapAfterGc, 512L << 20);
    }

    private static JvmReading reading(Instant jvmStart, Instant now, long heapAfterGc, @Nullable Long containerLimit) {
        return new JvmReading(
                new JvmIdentity(7, jvmStart, "17.0.15", Collector.G1, 1),
                Samples.heap(now, heapAfterGc),
                256L << 20,
                containerLimit,
                null,
                null,
                null,
                "hsperfdata over exec",
                null,
                new Route(ChannelKind.Exec, List.of()),
                null);
    }
}
