package io.heapwarden.probe;

import io.heapwarden.jvm.ClassHistogram;
import java.time.Clock;
import java.time.Duration;

/**
 * Asks a JVM of this machine, without starting a process: counters are read from /proc, its control group and its hsperfdata file, which takes
 * about a millisecond, and histograms come over the JVM's attach socket. It must run as the same user, or Heapwarden as root. Linux only. Safe for
 * use by many threads.
 */
public final class LocalProbe implements JvmProbe {

    private static final String SCHEME = "process://";

    private final SafeProbe probe;

    /**
     * @param clock gives samples their time
     * @param limits what a probe may cost; the headroom is smaller here, 4 MiB
     */
    public LocalProbe(Clock clock, ProbeLimits limits) {
        ProbeLimits local = local(limits);
        this.probe = new SafeProbe(
                ChannelKind.LocalProcess,
                new LocalAccess(local),
                clock,
                local,
                new SafetyBudget(clock, local, PauseLimits.DEFAULTS));
    }

    /** The same limits for a JVM that is asked without a client. */
    static ProbeLimits local(ProbeLimits limits) {
        return limits.withHeadroom(ProbeLimits.WITHOUT_CLIENT.headroom());
    }

    /** Names a process of this machine. */
    public static Target target(long pid) {
        return new Target("localhost", "pid-" + pid, "", "process", SCHEME + pid);
    }

    static boolean isProcess(Target target) {
        return target.containerId().startsWith(SCHEME);
    }

    static int pid(Target target) {
        if (!isProcess(target)) {
            throw new IllegalArgumentException(target + " is no process of this machine");
        }
        return Integer.parseInt(target.containerId().substring(SCHEME.length()));
    }

    @Override
    public ProbeResult<JvmReading> counters(Target target) {
        return probe.counters(target);
    }

    @Override
    public ProbeResult<ClassHistogram> histogram(Target target, JvmReading last, boolean live, Duration maxPause) {
        return probe.histogram(target, last, live, maxPause);
    }
}
