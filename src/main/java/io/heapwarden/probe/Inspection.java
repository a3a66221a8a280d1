package io.heapwarden.probe;

import io.heapwarden.jvm.JvmCounters;
import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.jvm.PerfData;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What counters.sh or heapwarden-probe found out about the JVM of a container.
 *
 * @param pid its process id inside the container
 * @param jvms how many HotSpot JVMs there are
 * @param otherUser whether it runs as another user than the probe
 * @param tmpWritable whether files can be made in /tmp
 * @param socket whether its attach socket is there already
 * @param attachOff whether DisableAttachMechanism is in its arguments or environment
 * @param jcmd path of a jcmd; null when there is none
 * @param java path of a java that has the attach library; null when there is none
 * @param process what the kernel says of it
 * @param memory what the container's control group says
 * @param counters its own counters; null when it keeps none that can be read
 */
public record Inspection(
        int pid,
        int jvms,
        boolean otherUser,
        boolean tmpWritable,
        boolean socket,
        boolean attachOff,
        @Nullable String jcmd,
        @Nullable String java,
        ProcessStatus process,
        CgroupMemory memory,
        @Nullable JvmCounters counters) {

    /** A JVM says when it began, the kernel when its process did. Further apart, the counters are an earlier JVM's. */
    private static final long SAME_START_SECONDS = 600;

    static ProbeResult<Inspection> of(Frame frame) throws MalformedOutputException {
        Map<String, String> about = frame.pairs("about");
        String kind = about.getOrDefault("kind", "");
        return switch (kind) {
            case "hotspot" -> new Success<>(of(frame, about, false));
            case "hidden" -> ofOtherUser(of(frame, about, true));
            default -> notHotSpot(kind, about.getOrDefault("pid", ""));
        };
    }

    /**
     * Why a container is left alone in which no HotSpot JVM was found.
     *
     * @param kind openj9, native or none
     * @param pid of the process in question
     * @throws MalformedOutputException when the kind is none of them
     */
    public static ProbeResult<Inspection> notHotSpot(String kind, String pid) throws MalformedOutputException {
        return switch (kind) {
            case "openj9" ->
                new Refusal<>(
                        RefusalReason.OpenJ9,
                        "process " + pid
                                + " is an OpenJ9 JVM, which has neither HotSpot's counters nor its attach. Run the application on a HotSpot JVM, or"
                                + " leave the container out with spec.containers");
            case "native" ->
                new Refusal<>(
                        RefusalReason.NativeImage,
                        "process " + pid
                                + " is a GraalVM native image, which has no HotSpot counters. Leave the container out with spec.containers");
            case "none" ->
                new Refusal<>(
                        RefusalReason.NoJvm,
                        "no process of the container is a JVM. Leave the container out with spec.containers if that is as it should be");
            default -> throw new MalformedOutputException("the probe names no kind of process that is known");
        };
    }

    private static Inspection of(Frame frame, Map<String, String> about, boolean otherUser)
            throws MalformedOutputException {
        ProcessStatus process = ProcessStatus.parse(frame.text("process"));
        byte[] hsperfdata = frame.bytes("hsperfdata");
        JvmCounters counters = hsperfdata == null ? null : JvmCounters.from(PerfData.parse(hsperfdata));
        return new Inspection(
                number(about, "pid"),
                number(about, "jvms"),
                otherUser,
                "yes".equals(about.get("tmp")),
                about.containsKey("socket"),
                about.containsKey("attach"),
                about.get("jcmd"),
                about.get("java"),
                process,
                CgroupMemory.parse(frame.pairs("cgroup")),
                counters != null && isOf(counters, process) ? counters : null);
    }

    /** A JVM of another user is of use only for the counters that it keeps where everybody can read them. */
    public static ProbeResult<Inspection> ofOtherUser(Inspection inspection) {
        if (inspection.counters != null) {
            return new Success<>(inspection);
        }
        return new Refusal<>(
                RefusalReason.OtherUser,
                "process " + inspection.pid
                        + " is called java and runs as another user than commands in this container do, so it cannot be looked into. Set"
                        + " securityContext.runAsUser to the application's user");
    }

    /** Whether counters are those of this process, and not of an earlier one with its id. */
    public static boolean isOf(JvmCounters counters, ProcessStatus process) {
        return counters.startedAt() == null
                || Math.abs(counters.startedAt().getEpochSecond()
                                - process.startedAt().getEpochSecond())
                        < SAME_START_SECONDS;
    }

    private static int number(Map<String, String> about, String key) throws MalformedOutputException {
        try {
            return Integer.parseInt(about.getOrDefault(key, ""));
        } catch (NumberFormatException e) {
            throw new MalformedOutputException("the probe script says no number for " + key);
        }
    }
}
