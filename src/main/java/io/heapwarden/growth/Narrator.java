package io.heapwarden.growth;

import io.heapwarden.growth.Assessment.SignalReading;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts what was found into an assessment.
 *
 * @param told the series that was told as leaking; null while none
 * @param fit why it does not fit its limits though nothing leaks; null when it does, or when that is not the question
 */
record Narrator(
        State state,
        @Nullable Signal told,
        Evidence evidence,
        HeapSource heapSource,
        long samples,
        @Nullable Fit fit,
        WorkloadKnowledge knowledge) {

    private static final double HOUR_MILLIS = Duration.ofHours(1).toMillis();

    Assessment assess(
            Collection<Series> series,
            Map<Watched, Growth> growths,
            @Nullable Growth leak,
            ClassGrowth classes,
            Explanation explanation,
            LeakRules rules,
            double gcShare) {
        List<Growth> rising = growths.values().stream()
                .filter(Growth::worthMention)
                .sorted(Comparator.comparingDouble(Growth::share).reversed())
                .toList();
        boolean grows = state == State.Suspect || state.confirmed();
        Growth shown = !grows ? null : leak != null ? leak : rising.isEmpty() ? null : rising.getFirst();
        Exhaustion exhaustion = grows ? tightest(leak, rising) : null;
        boolean classesTell = shown != null;
        Evidence speaking = told == null && shown != null ? rules.evidence(shown) : evidence;
        Verdict verdict = verdict(growths, explanation);
        return new Assessment(
                state,
                verdict,
                new Confidence(speaking, knowledge).of(state, verdict, shown, explanation),
                new Reasons(speaking, heapSource, samples, fit, knowledge)
                        .of(state, verdict, shown, classes, explanation, exhaustion),
                classesTell ? explanation.culprits() : List.of(),
                exhaustion,
                readings(series, growths, gcShare),
                classesTell && histogramHelps(classes, explanation));
    }

    private boolean histogramHelps(ClassGrowth classes, Explanation explanation) {
        return !state.confirmed() || classes.histograms() < ClassGrowth.POINTS_KEPT || !explanation.ownClass();
    }

    private Verdict verdict(Map<Watched, Growth> growths, Explanation explanation) {
        Signal signal = told;
        if (state.confirmed() && signal != null) {
            return VerdictRules.of(signal, growths, explanation);
        }
        return switch (state) {
            case WarmingUp -> Verdict.WarmingUp;
            case Healthy -> fit == null ? Verdict.Healthy : fit.verdict();
            default -> Verdict.Unknown;
        };
    }

    private static @Nullable Exhaustion tightest(@Nullable Growth leak, List<Growth> rising) {
        Exhaustion tightest = leak == null ? null : leak.exhaustion();
        for (Growth growth : rising) {
            Exhaustion one = growth.exhaustion();
            if (one != null && (tightest == null || one.earliest().compareTo(tightest.earliest()) < 0)) {
                tightest = one;
            }
        }
        return tightest;
    }

    private static Map<Signal, SignalReading> readings(
            Collection<Series> series, Map<Watched, Growth> growths, double gcShare) {
        Map<Signal, SignalReading> readings = new EnumMap<>(Signal.class);
        for (Series one : series) {
            if (one.last() != BucketFloors.MISSING && one.watched() != Watched.Live) {
                Growth growth = growths.get(one.watched());
                Double slope = growth == null ? null : growth.slope();
                Long limit = growth == null ? null : growth.limit();
                readings.put(
                        one.watched().signal(),
                        new SignalReading(
                                one.last(),
                                slope == null ? null : slope * HOUR_MILLIS,
                                limit == null ? null : limit.doubleValue()));
            }
        }
        if (gcShare > 0) {
            readings.put(Signal.GcTime, new SignalReading(gcShare, null, null));
        }
        return readings;
    }
}
