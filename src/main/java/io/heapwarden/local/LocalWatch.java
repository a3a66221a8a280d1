package io.heapwarden.local;

import io.heapwarden.operator.PolicyPlan;
import io.heapwarden.probe.JvmProbe;
import io.heapwarden.telemetry.OperatorMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The JVMs of this machine that are followed under one policy. Used by one thread; each JVM is sampled by a thread of its own. */
final class LocalWatch implements AutoCloseable {

    /** Longest wait for sampling to stop; a JVM that is just being asked is not waited for longer. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final PolicyPlan plan;
    private final JvmProbe probe;
    private final Clock clock;
    private final Supplier<List<JvmProcess>> jvms;
    private final OperatorMetrics metrics = new OperatorMetrics(new SimpleMeterRegistry());
    private final Map<Life, FollowedJvm> followed = new LinkedHashMap<>();

    /** What tells a process from a later one of the same number; its command line changes when it runs another program. */
    private record Life(long pid, Instant startedAt) {}

    /**
     * @param plan the policy
     * @param probe how JVMs are asked
     * @param clock gives the time
     * @param jvms the JVMs to follow that are there now
     */
    LocalWatch(PolicyPlan plan, JvmProbe probe, Clock clock, Supplier<List<JvmProcess>> jvms) {
        this.plan = plan;
        this.probe = probe;
        this.clock = clock;
        this.jvms = jvms;
    }

    /** Begins to follow the JVMs that have appeared. */
    void discover() {
        for (JvmProcess jvm : jvms.get()) {
            followed.computeIfAbsent(
                    new Life(jvm.pid(), jvm.startedAt()), life -> new FollowedJvm(jvm, plan, probe, metrics, clock));
        }
    }

    /** How each JVM stands that is or was followed, in the order they appeared. */
    List<JvmStanding> standings() {
        return followed.values().stream().map(FollowedJvm::standing).toList();
    }

    /** Whether there were JVMs, and all of them have ended. */
    boolean allGone() {
        return !followed.isEmpty() && followed.values().stream().allMatch(FollowedJvm::ended);
    }

    /** Stops sampling; what is known stays readable. */
    @Override
    public void close() {
        followed.values().forEach(FollowedJvm::letGo);
        try {
            for (FollowedJvm jvm : followed.values()) {
                jvm.awaitEnd(LAST_WORDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
