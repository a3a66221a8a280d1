package io.heapwarden.probe;

import java.util.EnumSet;
import java.util.Set;

/**
 * What came of asking a container. Refusing is a result like any other: it has a reason that people read.
 *
 * @param <T> the answer
 */
public sealed interface ProbeResult<T> {

    /** It answered. */
    record Success<T>(T value) implements ProbeResult<T> {}

    /**
     * It was not asked, and nothing was done to it.
     *
     * @param reason why
     * @param detail in words, with the remedy where there is one
     */
    record Refusal<T>(RefusalReason reason, String detail) implements ProbeResult<T> {}

    /**
     * It was asked, and the answer is of no use.
     *
     * @param reason why
     * @param detail in words
     */
    record Failure<T>(FailureReason reason, String detail) implements ProbeResult<T> {}

    /** Why a container is left alone. The constants are spelled as they appear in reports. */
    enum RefusalReason {
        /** No process of the container is a JVM. */
        NoJvm,
        /** A GraalVM native image: no HotSpot, no counters, and a signal would kill it. */
        NativeImage,
        /** An OpenJ9 JVM: answers neither counters nor HotSpot's attach. */
        OpenJ9,
        /** The JVM was started with attach disabled, or without the signal handler attach needs. */
        AttachDisabled,
        /** The JVM runs as another user than we come in as, so it can be neither told for sure nor attached to. */
        OtherUser,
        /** /tmp cannot be written, so the JVM can be reached neither by counters nor by attach. */
        TmpNotWritable,
        /** The image has no shell to run a probe with. */
        NoShell,
        /** The image has no jcmd and no jdk.jcmd module. */
        NoDiagnosticTool,
        /** The debug container with the probe program is not running yet, or cannot run. */
        NoProbeContainer,
        /** This installation does not have the channel, or the policy allows none that could. */
        ChannelOff,
        /** Kubernetes does not let us exec: RBAC or an admission rule. */
        ExecForbidden,
        /** The pod declares no metrics endpoint, declines to be scraped, or has nothing at the address it declares. */
        NoMetricsEndpoint,
        /** The metrics endpoint wants credentials; none are ever sent to it. */
        MetricsForbidden,
        /** The kubelet does not let us read its statistics. */
        KubeletForbidden,
        /** The container is not running. */
        NotRunning,
        /** Not enough free memory under the container's limit for the probe. */
        NotEnoughHeadroom,
        /** The predicted pause is longer than the policy, or a probe of the container, allows. */
        PauseTooLong,
        /** Pauses have had their share of the container's time. */
        PauseBudgetSpent,
        /** Other replicas of its workload, or other containers of its node, are paused just now. */
        OthersPaused,
        /** The container waits for memory. */
        MemoryPressure,
        /** The pod is not ready, or still starting. */
        NotReady,
        /** It did not answer before, and is left alone for a while. */
        BackingOff;

        private static final Set<RefusalReason> STANDING = EnumSet.of(
                NoJvm,
                NativeImage,
                OpenJ9,
                NoShell,
                OtherUser,
                ExecForbidden,
                NoProbeContainer,
                NoMetricsEndpoint,
                MetricsForbidden,
                KubeletForbidden,
                ChannelOff);

        /** Whether it says what the container is, not how it is doing, so that asking again soon changes nothing. */
        public boolean standing() {
            return STANDING.contains(this);
        }
    }

    /** Why an answer is of no use. The constants are spelled as they appear in reports. */
    enum FailureReason {
        /** No complete answer in time. */
        TimedOut,
        /** The answer ended early. */
        Truncated,
        /** The answer is not of the form it must have. */
        Garbled,
        /** The answer was longer than the cap. */
        TooLong,
        /** The metrics page says too little of the JVM to judge it by. */
        MetricsIncomplete,
        /** The other side's certificate is not one we trust. */
        CertificateNotTrusted,
        /** The probe said it failed. */
        ProbeFailed,
        /** The API server, the kubelet or the metrics endpoint could not be reached or refused for a passing reason. */
        Unavailable
    }
}
