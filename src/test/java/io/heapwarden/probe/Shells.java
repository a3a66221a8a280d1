package io.heapwarden.probe;

import io.heapwarden.probe.CommandRunner.CommandOutput;
import io.heapwarden.probe.ProbeResult.Success;
import java.time.Clock;
import java.util.List;

/** The shell scripts' view of a JVM, as the measure for other ways to it. */
public final class Shells {

    private Shells() {}

    /** What counters.sh and its reader say of a process of this machine. */
    public static Inspection inspection(Target target) throws Exception {
        String boundary = ProbeScript.newBoundary();
        ProbeResult<CommandOutput> ran = new LocalProcessRunner()
                .run(
                        target,
                        ProbeScript.Counters.command(boundary, List.of()),
                        ProbeLimits.DEFAULTS.countersTimeout(),
                        ProbeLimits.DEFAULTS.countersCap());
        Frame frame = success(Frame.parse(success(ran), boundary));
        return success(Inspection.of(frame));
    }

    /** A probe as the operator uses it, over another way to the JVM. */
    public static JvmProbe probe(JvmAccess access, ProbeLimits limits) {
        Clock clock = Clock.systemUTC();
        return new SafeProbe(
                ChannelKind.EphemeralContainer,
                access,
                clock,
                limits,
                new SafetyBudget(clock, limits, PauseLimits.DEFAULTS));
    }

    /** The value of a success; anything else is told. */
    public static <T> T success(ProbeResult<T> result) {
        if (result instanceof Success<T>(T value)) {
            return value;
        }
        throw new AssertionError("expected a success: " + result);
    }
}
