package io.heapwarden.growth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says why, in sentences that a person understands at three in the morning; the most important first. */
record Reasons(Evidence evidence, HeapSource heapSource, long samples, @Nullable Fit fit, WorkloadKnowledge knowledge) {

    List<String> of(
            State state,
            Verdict verdict,
            @Nullable Growth shown,
            ClassGrowth classes,
            Explanation explanation,
            @Nullable Exhaustion exhaustion) {
        List<String> reasons = new ArrayList<>();
        if (state == State.WarmingUp) {
            reasons.add("Too young to be judged: " + samples + " samples so far, at least "
                    + RisingFloorDetector.WARM_UP_SAMPLES + " are needed.");
        } else if (shown != null) {
            growth(shown, reasons);
            kind(verdict, reasons);
            classes(shown, classes, explanation, reasons);
            evidence(shown, reasons);
            reasons.addAll(WorkloadReasons.of(knowledge, shown, explanation.culprits()));
            if (exhaustion != null) {
                reasons.add(runway(exhaustion));
            }
            if (state.confirmed() && verdict.restartHelps()) {
                reasons.add("A restart gives the memory back until it has grown again.");
            }
        } else {
            reasons.addAll(fit == null ? List.of("Nothing grows that does not come back.") : fit.reasons());
            reasons.addAll(WorkloadReasons.of(knowledge, null, List.of()));
        }
        if (heapSource == HeapSource.Used) {
            reasons.add("Heap is judged by the floor of heap in use, because this JVM gives no value after collections;"
                    + " garbage may hide a change for a while.");
        }
        return reasons;
    }

    private static void growth(Growth growth, List<String> reasons) {
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
        if (growth.known()) {
            reasons.add("It has been as high before and came back, so it is not told.");
        }
    }

    /** What speaks for this kind of leak rather than another. */
    private static void kind(Verdict verdict, List<String> reasons) {
        switch (verdict) {
            case ThreadLeak ->
                reasons.add(
                        "Threads rise, and what they hold rises with them: look at their names and at who starts them.");
            case ClassLoaderLeak ->
                reasons.add("Loaded classes rise with their loaders, which are kept after their use.");
            case DirectBufferLeak -> reasons.add("Direct buffers rise, whose memory is outside of the heap.");
            case NativeGrowth ->
                reasons.add(
                        "Metaspace, threads and direct buffers are flat and the heap does not explain it, so the growth is outside of what the"
                                + " JVM counts; allocator arenas and agents can look like this without being a leak.");
            default -> {}
        }
    }

    private static void classes(Growth growth, ClassGrowth classes, Explanation explanation, List<String> reasons) {
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
                + Figures.bytes(first.bytesPerHour()) + " an hour"
                + (growth.watched() == Watched.Heap
                        ? ", which explains " + Figures.percent(first.explains()) + " of the growth"
                        : " in the heap")
                + " (" + classes.histograms() + " histograms).");
    }

    private void evidence(Growth growth, List<String> reasons) {
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
                    case None ->
                        "No old collection has tested the growth yet; it may still be garbage. A histogram of live objects would tell.";
                });
    }

    private static String runway(Exhaustion exhaustion) {
        Duration latest = exhaustion.latest();
        return "At this rate " + Figures.name(exhaustion.signal()) + " reaches its limit no sooner than in "
                + Figures.duration(exhaustion.earliest())
                + (latest == null
                        ? "; it may also stop before."
                        : " and no later than in " + Figures.duration(latest) + ".");
    }

    private static String sentence(String phrase) {
        return Character.toUpperCase(phrase.charAt(0)) + phrase.substring(1);
    }
}
