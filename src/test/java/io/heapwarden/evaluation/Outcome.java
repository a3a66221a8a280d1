package io.heapwarden.evaluation;

import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One trace: what is true and what the engine said.
 *
 * @param truth what is true
 * @param histograms which histograms the trace has
 * @param first what was said when a leak was first confirmed; null if none ever was
 * @param end what was said after the last sample
 * @param tooEarly whether a leak was confirmed before it began
 * @param reached whether a right verdict was ever said
 * @param intervals how the times to exhaustion did
 */
record Outcome(
        Truth truth,
        String histograms,
        @Nullable Detection first,
        Detection end,
        boolean tooEarly,
        boolean reached,
        Intervals intervals) {

    /** Goal of the lead time: told before this share of the headroom is used. */
    static final double EARLY_ENOUGH = 0.40;

    static Outcome of(Truth truth, Recording recording) {
        return of(truth, recording, Replay.of(recording));
    }

    static Outcome of(Truth truth, Recording recording, List<Observation> observations) {
        Runway runway = new Runway(recording, truth);
        Detection first = null;
        boolean tooEarly = false;
        boolean reached = false;
        Instant from = truth.leakFrom();
        for (Observation observation : observations) {
            reached |= truth.verdicts().contains(observation.verdict());
            if (observation.state().confirmed()) {
                boolean early = truth.kind() == Kind.Leak
                        && from != null
                        && observation.at().isBefore(from);
                tooEarly |= early;
                if (first == null && !early) {
                    first = Detection.of(observation, runway);
                }
            }
        }
        Detection end = observations.isEmpty()
                ? new Detection(recording.end(), State.WarmingUp, Verdict.WarmingUp, List.of(), null, null, List.of())
                : Detection.of(observations.getLast(), runway);
        return new Outcome(
                truth,
                recording.histograms(),
                first,
                end,
                tooEarly,
                reached,
                Intervals.of(observations, truth.exhaustedAt(), runway));
    }

    /** A leak that is confirmed at the trace's end. */
    boolean found() {
        return truth.kind() == Kind.Leak && end.state().confirmed();
    }

    /** A leak that was confirmed at some time. */
    boolean everFound() {
        return truth.kind() == Kind.Leak && first != null;
    }

    /** What does not leak and was said to at some time, or a leak before it began. */
    boolean falseAlarm() {
        return truth.kind() == Kind.Leak ? tooEarly : first != null;
    }

    /** What does not leak and is said to at the trace's end. */
    boolean falseAlarmAtEnd() {
        return truth.kind() != Kind.Leak && end.state().confirmed();
    }

    boolean verdictRightAtEnd() {
        return truth.verdicts().contains(end.verdict());
    }

    boolean toldEarlyEnough() {
        Double used = first == null ? null : first.headroomUsed();
        return used != null && used < EARLY_ENOUGH;
    }

    /** What is wrong with it, the worst first; empty when all is right. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (falseAlarm()) {
            faults.add(
                    tooEarly ? "told before it began" : falseAlarmAtEnd() ? "FALSE ALARM" : "false alarm for a time");
        }
        switch (truth.kind()) {
            case LookAlike -> {}
            case Other -> {
                if (!verdictRightAtEnd()) {
                    faults.add(reached ? "verdict lost" : "verdict missed");
                }
            }
            case Leak -> addLeakFaults(faults);
        }
        return faults;
    }

    private void addLeakFaults(List<String> faults) {
        Detection told = first;
        if (told == null) {
            faults.add("MISSED");
            return;
        }
        if (!found()) {
            faults.add("TAKEN BACK");
        } else if (!verdictRightAtEnd()) {
            faults.add("WRONG VERDICT");
        }
        if (!truth.verdicts().contains(told.verdict())) {
            faults.add("wrong verdict at first");
        }
        if (!truth.culprits().isEmpty()) {
            Detection named = found() ? end : told;
            if (!named.names(truth.culprits(), Observation.CULPRITS)) {
                faults.add("CLASS NOT AMONG THREE");
            } else if (!named.names(truth.culprits(), 1)) {
                faults.add("class not first");
            }
            if (!told.names(truth.culprits(), Observation.CULPRITS)) {
                faults.add("class not named at first");
            }
        }
        if (!toldEarlyEnough()) {
            faults.add("late");
        }
        Proportion printed = intervals.confirmed();
        if (printed.of() > 0 && printed.value() < 0.9) {
            faults.add("intervals " + printed.brief());
        }
    }
}
