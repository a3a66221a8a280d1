package io.heapwarden.probe;

import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import org.jspecify.annotations.Nullable;

/**
 * Whether a diagnostic command can be sent to a JVM without harm. The order is that of the harm: a signal to what does not handle it kills it, a
 * JVM with attach disabled writes a thread dump into the application's log instead, and a container that runs out of memory is killed whole.
 */
public final class AttachSafety {

    private static final int MEBIBYTE_BITS = 20;

    private AttachSafety() {}

    /** The first reason not to send a command; null when there is none. */
    static <T> @Nullable Refusal<T> refusal(Inspection jvm, long headroom) {
        if (jvm.otherUser()) {
            return otherUser();
        }
        if (attachDisabled(jvm)) {
            return disabled();
        }
        if (!jvm.process().catchesQuit()) {
            return noSignalHandler();
        }
        if (!jvm.tmpWritable() && !jvm.socket()) {
            return tmpNotWritable();
        }
        if (jvm.jcmd() == null && jvm.java() == null) {
            return new Refusal<>(
                    RefusalReason.NoDiagnosticTool,
                    "the image has neither jcmd nor the modules jdk.attach and jdk.jcmd. Base it on a JDK image, or add jdk.jcmd to its runtime"
                            + " image");
        }
        Long free = jvm.memory().free();
        return free != null && free < headroom ? notEnoughHeadroom(free, headroom) : null;
    }

    /** For a JVM that lets only its own user in. */
    public static <T> Refusal<T> otherUser() {
        return new Refusal<>(
                RefusalReason.OtherUser,
                "the JVM runs as another user than commands in this container do. Set securityContext.runAsUser to the application's user");
    }

    /** For a JVM that was told not to be asked. */
    public static <T> Refusal<T> disabled() {
        return new Refusal<>(
                RefusalReason.AttachDisabled,
                "the JVM was started with -XX:+DisableAttachMechanism. Take the option away to get class histograms");
    }

    /** For a container where no file can be made in /tmp. */
    public static <T> Refusal<T> tmpNotWritable() {
        return new Refusal<>(
                RefusalReason.TmpNotWritable,
                "/tmp cannot be written, and attach needs a socket there. Mount an emptyDir at /tmp");
    }

    /** For a JVM that the signal which opens attach would end. */
    public static <T> Refusal<T> noSignalHandler() {
        return new Refusal<>(
                RefusalReason.AttachDisabled,
                "the JVM does not handle SIGQUIT (option -Xrs), so the signal that opens attach would end it. Take the option away to get class"
                        + " histograms");
    }

    /**
     * For a container whose memory limit is too near.
     *
     * @param free bytes that are free under it
     * @param headroom bytes that are needed
     */
    public static <T> Refusal<T> notEnoughHeadroom(long free, long headroom) {
        return new Refusal<>(
                RefusalReason.NotEnoughHeadroom,
                "%d MiB are free under the container's memory limit and a diagnostic client needs %d. Raise the limit by %d MiB to get class histograms"
                        .formatted(
                                free >> MEBIBYTE_BITS,
                                headroom >> MEBIBYTE_BITS,
                                (headroom - free >> MEBIBYTE_BITS) + 1));
    }

    /** The heap in use, or else the nearest thing above it that is known. */
    public static long heapAtMost(Inspection jvm) {
        if (jvm.counters() != null) {
            Long used = jvm.counters().heap().used();
            Long committed = jvm.counters().heap().committed();
            if (used != null || committed != null) {
                return used != null ? used : committed != null ? committed : 0;
            }
        }
        Long rss = jvm.process().rss();
        return rss == null ? 0 : rss;
    }

    private static boolean attachDisabled(Inspection jvm) {
        Boolean supported = jvm.counters() == null ? null : jvm.counters().attachSupported();
        return supported == null ? jvm.attachOff() : !supported;
    }
}
