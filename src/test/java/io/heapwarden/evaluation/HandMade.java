package io.heapwarden.evaluation;

import io.heapwarden.growth.Exhaustion;
import io.heapwarden.growth.Life;
import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Signal;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Lives of a sample a minute, and what might be said of them. */
public final class HandMade {

    public static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    public static final long LIMIT = 1000;

    private HandMade() {}

    public static Instant minute(long minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }

    /** Samples at minutes 1 to {@code minutes}; heap and container are limited to {@link #LIMIT}. */
    public static Recording recording(int minutes, BiFunction<Sample.Builder, Long, Sample.Builder> fill) {
        Life life = new Life(START, Duration.ofMinutes(1), LIMIT, LIMIT, null, null, null, null);
        List<Sample> samples = new ArrayList<>();
        for (long minute = 1; minute <= minutes; minute++) {
            samples.add(fill.apply(Sample.at(minute(minute)), minute).build());
        }
        return new Recording(life, samples);
    }

    /** Heap in use and after collections are the same. */
    public static Recording heap(int minutes, LongUnaryOperator heapAt) {
        return recording(minutes, (sample, minute) -> sample.heapUsed(heapAt.applyAsLong(minute))
                .heapAfterGc(heapAt.applyAsLong(minute)));
    }

    static Truth leak(@Nullable Instant exhaustedAt, @Nullable Instant leakFrom) {
        return truth(Kind.Leak, List.of(Verdict.RetentionLeak), List.of("com.shop.Order"), exhaustedAt, leakFrom);
    }

    static Truth lookAlike() {
        return truth(Kind.LookAlike, List.of(Verdict.Healthy), List.of(), null, null);
    }

    static Truth other(Verdict verdict) {
        return truth(Kind.Other, List.of(verdict), List.of(), null, null);
    }

    private static Truth truth(
            Kind kind,
            List<Verdict> verdicts,
            List<String> culprits,
            @Nullable Instant exhaustedAt,
            @Nullable Instant leakFrom) {
        return new Truth(
                "a.jsonl",
                "Program",
                kind,
                verdicts,
                culprits,
                kind == Kind.Leak ? Signal.HeapAfterGC : null,
                exhaustedAt,
                leakFrom,
                "25",
                "G1",
                "",
                false,
                1);
    }

    static Observation said(long minute, State state, Verdict verdict, String... culprits) {
        return new Observation(minute(minute), state, verdict, List.of(culprits), null, List.of());
    }

    /** A leak, and an interval to exhaustion in minutes from then; no latest when it is negative. */
    static Observation printed(long minute, State state, long earliest, long latest) {
        Exhaustion exhaustion = new Exhaustion(
                Duration.ofMinutes(earliest), latest < 0 ? null : Duration.ofMinutes(latest), Signal.HeapAfterGC);
        return new Observation(minute(minute), state, Verdict.RetentionLeak, List.of(), exhaustion, List.of());
    }
}
