package io.heapwarden.growth;

import io.heapwarden.growth.Assessment.SignalReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts what was found into an assessment: verdict, confidence, and reasons that a person understands at three in the morning. */
record Narrator(
        Life life, State state, @Nullable Signal told, Evidence evidence, boolean heapAfterGcSeen, long samples) {

    private static final double HOUR_MILLIS = Duration.ofHours(1).toMillis();

    /** Confidence of a verdict that nothing grows; never certain, since slow growth shows late. */
    private static final double HEALTHY_CONFIDENCE = 0.9;

    /** Growth that only the container's memory shows may always be allocator arenas or buffers that level off. */
    private static final double MOST_NATIVE_CONFIDENCE = 0.5;

    Assessment assess(
            Collection<Series> series,
            Map<Watched, Growth> growths,
            @Nullable Growth leak,
            ClassGrowth classes,
            Explanation explanation) {
        List<Growth> rising = growths.values().stream()
                .filter(Growth::worthMention)
                .sorted(Comparator.comparingDouble(Growth::share).reversed())
                .toList();
        Growth shown = leak != null ? leak : rising.isEmpty() ? null : rising.getFirst();
        boolean grows = state == State.Suspect || state.confirmed();
        Exhaustion exhaustion = grows ? tightest(leak, rising) : null;
        boolean heapShown = shown != null && shown.watched() == Watched.Heap;
        return new Assessment(
                state,
                verdict(),
                confidence(shown, explanation),
                reasons(grows ? shown : null, classes, explanation, exhaustion),
                grows && heapShown ? explanation.culprits() : List.of(),
                exhaustion,
                readings(series, growths),
                grows && heapShown && histogramHelps(classes, explanation));
    }

    private boolean histogramHelps(ClassGrowth classes, Explanation explanation) {
        return !state.confirmed() || classes.points() < ClassGrowth.POINTS_KEPT || !explanation.ownClass();
    }

    private Verdict verdict() {
        Signal signal = told;
        if (state.confirmed() && signal != null) {
            return switch (signal) {
                case Metaspace -> Verdict.ClassLoaderLeak;
                case Threads -> Verdict.ThreadLeak;
                case DirectBuffers -> Verdict.DirectBufferLeak;
                case ContainerAnon -> Verdict.NativeGrowth;
                default -> Verdict.RetentionLeak;
            };
        }
        return switch (state) {
            case WarmingUp -> Verdict.WarmingUp;
            case Healthy -> Verdict.Healthy;
            default -> Verdict.Unknown;
        };
    }

    /** Logistic sum: the share of the headroom is the prior, the weights are starting values until they are fitted on recorded lives. */
    private double confidence(@Nullable Growth shown, Explanation explanation) {
        if (state == State.WarmingUp) {
            return 0;
        }
        if (state == State.Healthy || shown == null) {
            return HEALTHY_CONFIDENCE;
        }
        double prior = Math.clamp(shown.share(), 0.01, 0.99);
        double logit = Math.log(prior / (1 - prior))
                + (evidence.tested() ? 2 : evidence == Evidence.HistogramsWithGarbage ? 0.5 : 0)
                + (shown.watched() == Watched.Heap && explanation.ownClass() && explanation.share() >= 0.7 ? 1 : 0);
        double confidence = 1 / (1 + Math.exp(-logit));
        return told == Signal.ContainerAnon ? Math.min(confidence, MOST_NATIVE_CONFIDENCE) : confidence;
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

    private static Map<Signal, SignalReading> readings(Collection<Series> series, Map<Watched, Growth> growths) {
        Map<Signal, SignalReading> readings = new EnumMap<>(Signal.class);
        for (Series one : series) {
            if (one.last() != BucketFloors.MISSING) {
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
        return readings;
    }

    private List<String> reasons(
            @Nullable Growth shown, ClassGrowth classes, Explanation explanation, @Nullable Exhaustion exhaustion) {
        List<String> reasons = new ArrayList<>();
        if (state == State.WarmingUp) {
            reasons.add("Too young to be judged: " + samples + " samples so far, at least "
                    + RisingFloorDetector.WARM_UP_SAMPLES + " are needed.");
        } else if (shown == null) {
            reasons.add("Nothing grows that does not come back.");
        } else {
            describeGrowth(shown, reasons);
            if (shown.watched() == Watched.Heap) {
                describeClasses(classes, explanation, reasons);
            }
            describeEvidence(shown, reasons);
            if (exhaustion != null) {
                describeExhaustion(exhaustion, reasons);
            }
        }
        if (!heapAfterGcSeen && samples > 0) {
            reasons.add("Heap is judged by the floor of heap in use, because this JVM gives no value after collections;"
                    + " garbage may hide a change for a while.");
        }
        return reasons;
    }

    private void describeGrowth(Growth growth, List<String> reasons) {
        Signal signal = growth.signal();
        reasons.add(sentence(Figures.name(signal)) + " rose from " + Figures.amount(signal, (double) growth.base())
                + " to " + Figures.amount(signal, (double) growth.level()) + " and has not come back.");
        Long limit = growth.limit();
        reasons.add("The growth has used " + Figures.percent(growth.share()) + " of the room "
                + (limit == null
                        ? "that is assumed, since no limit is known."
                        : "up to the limit of " + Figures.amount(signal, limit.doubleValue()) + "."));
        Duration window = growth.window();
        if (window != null) {
            int passed = Math.min(growth.passed(), GrowthMeter.EVALUATIONS_TO_CONFIRM);
            reasons.add("Its lows rose steadily over " + Figures.duration(window) + "; " + passed + " of "
                    + GrowthMeter.EVALUATIONS_TO_CONFIRM + " evaluations that cover the time observed confirm it.");
        }
        if (told == Signal.ContainerAnon) {
            reasons.add(
                    "Heap, metaspace, threads and direct buffers are flat, so the growth is outside of what the JVM counts;"
                            + " allocator arenas and agents can look like this without being a leak.");
        }
    }

    private static void describeClasses(ClassGrowth classes, Explanation explanation, List<String> reasons) {
        if (explanation.culprits().isEmpty()) {
            reasons.add(
                    classes.histograms() == 0
                            ? "No class histogram has been taken yet."
                            : "In " + classes.histograms() + " class histograms no class rises steadily yet.");
            return;
        }
        Culprit first = explanation.culprits().getFirst();
        reasons.add(first.className()
                + (first.heldBy() == null ? "" : ", held by " + first.heldBy() + ",")
                + " gains " + Figures.amount(Signal.ClassInstances, first.unitsPerHour()) + " instances and "
                + Figures.bytes(first.bytesPerHour()) + " an hour, which explains " + Figures.percent(first.explains())
                + " of the growth (" + classes.histograms() + " histograms).");
    }

    private void describeEvidence(Growth growth, List<String> reasons) {
        if (!growth.watched().freedLazily()) {
            return;
        }
        reasons.add(
                switch (evidence) {
                    case OldCollection -> "At least half of the growth was still there after an old collection.";
                    case LiveHistograms -> "The histograms count live objects only, so this is not garbage.";
                    case HistogramsWithGarbage ->
                        "No old collection has tested the growth yet, so part of it may still be garbage;"
                                + " it is not called critical before one has, or before the limit is near.";
                    case NearlyFull -> "More is in use than garbage alone usually fills before an old collection.";
                    case None -> "No old collection has tested the growth yet; it may still be garbage.";
                });
    }

    private static void describeExhaustion(Exhaustion exhaustion, List<String> reasons) {
        Duration latest = exhaustion.latest();
        reasons.add("At this rate " + Figures.name(exhaustion.signal()) + " reaches its limit no sooner than in "
                + Figures.duration(exhaustion.earliest())
                + (latest == null
                        ? "; it may also stop before."
                        : " and no later than in " + Figures.duration(latest) + "."));
    }

    private static String sentence(String phrase) {
        return Character.toUpperCase(phrase.charAt(0)) + phrase.substring(1);
    }
}
