package io.heapwarden.probe;

import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.ProbeScript.Framed;
import io.heapwarden.security.jvm.JvmFacts;
import io.heapwarden.security.jvm.JvmFactsParser;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what the security checks judge by, with security.sh. The JVM is asked nothing and does not notice: the script reads what the kernel says, in some
 * milliseconds. It passes the same {@link SafetyBudget} as the samples of the container. Safe for use by many threads.
 */
public final class ContainerSecurityLook {

    /** More than the script ever says: 60,000 bytes of what the kernel says, and 450 lines of at most 400. */
    private static final int OUTPUT_CAP = 256 << 10;

    /** How long to wait for another probe of the container to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CommandRunner runner;
    private final JvmAccess access;
    private final ProbeLimits limits;
    private final SafetyBudget budget;

    /**
     * @param runner the way into the container, or to a process of this machine
     * @param limits what a probe may cost
     * @param budget what all probes together may cost: the one that the samples of the same containers pass
     */
    public ContainerSecurityLook(CommandRunner runner, ProbeLimits limits, SafetyBudget budget) {
        this.runner = runner;
        this.access = ContainerProbe.access(runner, limits);
        this.limits = limits;
        this.budget = budget;
    }

    /** Finds the JVM first: two commands. */
    public ProbeResult<JvmFacts> look(Target target) {
        return budget.alone(target, PATIENCE, () -> switch (budget.look(
                target, access.roomToLook(), () -> access.inspect(target))) {
            case Refusal<Inspection> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<Inspection> f -> new Failure<>(f.reason(), f.detail());
            case Success<Inspection>(Inspection jvm) ->
                jvm.otherUser()
                        ? AttachSafety.otherUser()
                        : gather(
                                target,
                                jvm.pid(),
                                String.valueOf(jvm.process().startTicks()),
                                jvm.counters() == null ? null : jvm.counters().javaVersion(),
                                null);
        });
    }

    /**
     * Looks at a JVM that the last sample has found: one command; two where the sample's channel does not see processes.
     *
     * @param earlier what an earlier look saw, which makes this one cheaper: what cannot have changed since then, or has not by a count of sockets, is taken
     *     from there; null has everything looked at
     */
    public ProbeResult<JvmFacts> look(Target target, JvmIdentity jvm, @Nullable JvmFacts earlier) {
        if (jvm.pid() == JvmIdentity.NO_PID) {
            return look(target);
        }
        return budget.alone(target, PATIENCE, () -> {
            if (earlier != null && earlier.pid() == jvm.pid()) {
                ProbeResult<JvmFacts> again =
                        gather(target, jvm.pid(), String.valueOf(earlier.startTicks()), jvm.version(), earlier);
                if (!(again instanceof Refusal<JvmFacts> gone) || gone.reason() != RefusalReason.NotRunning) {
                    return again;
                }
            }
            return gather(target, jvm.pid(), "", jvm.version(), null);
        });
    }

    private ProbeResult<JvmFacts> gather(
            Target target, int pid, String ticks, @Nullable String version, @Nullable JvmFacts earlier) {
        String known = earlier == null || earlier.notConnected() == null ? "" : String.valueOf(earlier.notConnected());
        return budget.read(target, access.roomToLook(), () -> switch (ProbeScript.Security.run(
                runner,
                target,
                ProbeScript.newBoundary(),
                List.of(String.valueOf(pid), ticks, known),
                limits.countersTimeout(),
                OUTPUT_CAP)) {
            case Refusal<Framed> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<Framed> f -> new Failure<>(f.reason(), f.detail());
            case Success<Framed>(Framed said) -> facts(pid, said.frame(), version, earlier);
        });
    }

    private static ProbeResult<JvmFacts> facts(
            int pid, Frame frame, @Nullable String version, @Nullable JvmFacts earlier) {
        if (frame.has("refused") || frame.text("about").strip().equals("gone")) {
            return new Refusal<>(
                    RefusalReason.NotRunning,
                    "process " + pid + " is no JVM any more, or cannot be read; the next sample will tell");
        }
        try {
            return new Success<>(JvmFactsParser.parse(
                            pid,
                            JvmFactsParser.SECTIONS.stream().collect(Collectors.toMap(name -> name, frame::text)),
                            earlier)
                    .withVersion(version));
        } catch (MalformedOutputException e) {
            return new Failure<>(FailureReason.Garbled, String.valueOf(e.getMessage()));
        }
    }
}
