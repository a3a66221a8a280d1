package io.heapwarden.local;

import io.heapwarden.api.Durations;
import io.heapwarden.api.Sampling.Histogram;
import io.heapwarden.api.Sampling.Histogram.When;
import io.heapwarden.local.policy.PolicyFile;
import io.heapwarden.probe.JvmProbe;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program, judges its JVMs by a policy, and ends it.
 *
 * @param policy the policy; its selector is not asked, as the command line says which program is meant
 * @param command the program and its arguments
 * @param limit how long it runs at most; null until it ends by itself
 * @param failFast whether to end as soon as an objective is broken
 */
public record Check(PolicyFile policy, List<String> command, @Nullable Duration limit, boolean failFast) {

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final int SIGNALS = 128;

    /** Fewer class histograms than this in a run hardly name a class. */
    private static final int FEW_HISTOGRAMS = 10;

    public Check {
        command = List.copyOf(command);
    }

    /** What of the policy does not go well with so short a run, in sentences; empty when all does. */
    public List<String> cautions() {
        List<String> cautions = new ArrayList<>();
        if (limit == null) {
            return cautions;
        }
        Duration interval = policy.plan().interval();
        Duration needed = RunReport.leastTime(interval);
        if (limit.compareTo(needed) < 0) {
            long shorter = limit.toSeconds() / (JvmStanding.SAMPLES_TO_JUDGE + 5);
            cautions.add(
                    "spec.sampling.interval is %s, so --for %s gives %d samples, and a judgement takes about %d. Say --for %s or longer%s."
                            .formatted(
                                    RunReport.seconds(interval),
                                    RunReport.seconds(limit),
                                    limit.dividedBy(interval),
                                    JvmStanding.SAMPLES_TO_JUDGE,
                                    RunReport.seconds(needed),
                                    shorter < 1 ? "" : ", or set the interval to " + shorter + "s"));
        }
        Histogram histogram = policy.plan().histogram();
        if (histogram.when() == When.Never) {
            cautions.add(
                    "spec.sampling.histogram.when is Never: a leak is told later, and the class that leaks is not named.");
        } else if (limit.compareTo(needed) >= 0
                && limit.compareTo(Durations.parse(histogram.minInterval()).multipliedBy(FEW_HISTOGRAMS)) < 0) {
            cautions.add(
                    "spec.sampling.histogram.minInterval is %s: in %s that is too few class histograms to name the class that leaks. For a short run set it to 1s, with when: Periodic and live: true."
                            .formatted(histogram.minInterval(), RunReport.seconds(limit)));
        }
        return cautions;
    }

    /**
     * Runs it to the end.
     *
     * @param probe how its JVMs are asked
     * @param clock gives the time
     * @param stop ends it early
     * @param notes takes a line at each change of state, and the program's error output
     */
    public RunReport run(JvmProbe probe, Clock clock, StopSignal stop, PrintStream notes) throws InterruptedException {
        Instant begun = clock.instant();
        try (CheckedProgram program = CheckedProgram.start(command, notes)) {
            JvmFinder finder = new JvmFinder();
            LocalWatch watch = new LocalWatch(policy.plan(), probe, clock, () -> finder.among(program.processes()));
            String trouble;
            try (watch) {
                trouble = follow(program, watch, begun, clock, stop, notes);
            }
            return report(begun, clock, watch.standings(), trouble);
        } catch (IOException e) {
            return report(
                    begun,
                    clock,
                    List.of(),
                    "the program cannot be started: "
                            + String.valueOf(e.getMessage()).strip());
        }
    }

    private @Nullable String follow(
            CheckedProgram program, LocalWatch watch, Instant begun, Clock clock, StopSignal stop, PrintStream notes)
            throws InterruptedException {
        Map<JvmProcess, String> told = new HashMap<>();
        while (!program.ended()) {
            Duration gone = Duration.between(begun, clock.instant());
            if (limit != null && gone.compareTo(limit) >= 0) {
                return null;
            }
            watch.discover();
            List<JvmStanding> standings = watch.standings();
            tell(standings, told, clock, notes);
            if (failFast && standings.stream().anyMatch(JvmStanding::broken)) {
                return null;
            }
            if (stop.await(LOOK)) {
                return "it was interrupted";
            }
        }
        return crash(program);
    }

    private static @Nullable String crash(CheckedProgram program) throws InterruptedException {
        int code = program.exitCode();
        if (program.ranOutOfMemory()) {
            return "the program ran out of memory (OutOfMemoryError) and ended with exit code " + code;
        }
        if (code > SIGNALS) {
            return "the program was ended by signal " + (code - SIGNALS)
                    + (code == SIGNALS + 9 ? ", as the kernel does when memory runs out" : "");
        }
        return code == 0 ? null : "the program ended with exit code " + code;
    }

    private static void tell(
            List<JvmStanding> standings, Map<JvmProcess, String> told, Clock clock, PrintStream notes) {
        for (JvmStanding standing : standings) {
            String state = standing.report().leftAlone() == null
                    ? standing.state().name()
                    : standing.report().leftAlone().reason();
            if (!state.equals(told.put(standing.jvm(), state))) {
                notes.println("heapwarden " + TIME.format(clock.instant()) + " " + standing.jvm() + ": " + state);
            }
        }
    }

    private RunReport report(Instant begun, Clock clock, List<JvmStanding> standings, @Nullable String trouble) {
        return new RunReport("check", policy, begun, Duration.between(begun, clock.instant()), standings, trouble);
    }
}
