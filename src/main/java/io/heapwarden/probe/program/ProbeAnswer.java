package io.heapwarden.probe.program;

import com.fasterxml.jackson.databind.JsonNode;
import io.heapwarden.jvm.ContainerEvents;
import io.heapwarden.jvm.ContainerEvents.Pressure;
import io.heapwarden.jvm.JvmCounters;
import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.jvm.PerfData;
import io.heapwarden.probe.CgroupMemory;
import io.heapwarden.probe.CommandRunner.CommandOutput;
import io.heapwarden.probe.Frame;
import io.heapwarden.probe.Inspection;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.ProcessStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What `heapwarden-probe counters` wrote: one line of JSON, described in docs/probe-program.md. */
public final class ProbeAnswer {

    static final String VERSION = "probe/v1";

    /** Beyond it times and counts are garbage, and sums of a few cannot overflow below it. */
    private static final long PLAUSIBLE = 1L << 53;

    private static final long MOST_TICKS_PER_SECOND = 100_000;
    private static final long MILLIS = 1000;

    /** The whole, in hundredths of a per cent. */
    private static final long WHOLE = 10_000;

    private static final String CLIENT = "heapwarden-probe";

    private ProbeAnswer() {}

    /**
     * Takes the output apart. Never throws for what it holds.
     *
     * @param output all that the program wrote
     */
    public static ProbeResult<Inspection> parse(CommandOutput output) {
        byte[] bytes = output.standardOutput();
        if (output.truncated()) {
            return new Failure<>(FailureReason.TooLong, "the answer is longer than " + bytes.length + " bytes");
        }
        if (bytes.length == 0 || bytes[bytes.length - 1] != '\n') {
            return new Failure<>(
                    FailureReason.Truncated,
                    (bytes.length == 0 ? "the answer is empty" : "the answer ends early") + said(output));
        }
        try {
            return inspection(ProgramJson.parse(bytes, 0, bytes.length));
        } catch (MalformedOutputException e) {
            return new Failure<>(FailureReason.Garbled, e.getMessage() + said(output));
        }
    }

    static String said(CommandOutput output) {
        String error = output.standardError().strip();
        return error.isEmpty() ? "" : ": " + Frame.shortened(error);
    }

    private static ProbeResult<Inspection> inspection(ProgramJson answer) throws MalformedOutputException {
        String version = answer.text("heapwarden");
        if (!version.equals(VERSION)) {
            throw new MalformedOutputException(
                    "the probe answers in format " + Frame.shortened(version) + " and " + VERSION + " is known");
        }
        String kind = answer.text("kind");
        return switch (kind) {
            case "hotspot" ->
                answer.number("roots", PLAUSIBLE) > 1 ? ambiguous(answer) : new Success<>(hotspot(answer, false));
            case "hidden" -> Inspection.ofOtherUser(hotspot(answer, true));
            default -> Inspection.notHotSpot(kind, String.valueOf(answer.numberOrNull("pid")));
        };
    }

    private static ProbeResult<Inspection> ambiguous(ProgramJson answer) throws MalformedOutputException {
        return new Refusal<>(
                RefusalReason.NoJvm,
                answer.number("jvms", PLAUSIBLE)
                        + " JVMs of several containers are seen, and nothing tells which one is meant. Point the probe at one container with"
                        + " targetContainerName, or leave shareProcessNamespace out");
    }

    private static Inspection hotspot(ProgramJson answer, boolean hidden) throws MalformedOutputException {
        ProcessStatus process = process(answer.object("process"));
        ProgramJson attach = answer.object("attach");
        JvmCounters counters = counters(answer);
        return new Inspection(
                (int) answer.number("pid", Integer.MAX_VALUE),
                (int) answer.number("jvms", Integer.MAX_VALUE),
                hidden || !attach.flag("sameUser"),
                attach.flag("tmpWritable"),
                attach.flag("socket"),
                attach.flag("disabledByArguments"),
                CLIENT,
                null,
                process,
                memory(answer.object("cgroup")),
                counters != null && Inspection.isOf(counters, process) ? counters : null);
    }

    private static ProcessStatus process(ProgramJson process) throws MalformedOutputException {
        long ticksPerSecond = process.number("ticksPerSecond", MOST_TICKS_PER_SECOND);
        if (ticksPerSecond == 0) {
            throw new MalformedOutputException("ticksPerSecond of the probe's answer is 0");
        }
        long start = process.number("startTicks", PLAUSIBLE);
        return new ProcessStatus(
                process.numberOrNull("rss"),
                process.numberOrNull("rssAnon"),
                process.number("threads", PLAUSIBLE),
                process.flag("catchesQuit"),
                start,
                Instant.ofEpochSecond(process.number("btime", PLAUSIBLE >> 10))
                        .plusMillis(start * MILLIS / ticksPerSecond),
                Duration.ofMillis(process.number("cpuTicks", PLAUSIBLE) * MILLIS / ticksPerSecond));
    }

    private static CgroupMemory memory(ProgramJson group) throws MalformedOutputException {
        Long usage = group.numberOrNull("usage");
        Long inactive = group.numberOrNull("inactiveFile");
        Long active = group.numberOrNull("activeFile");
        return new CgroupMemory(
                group.numberOrNull("limit"),
                group.numberOrNull("ceiling"),
                usage,
                usage == null || inactive == null ? null : Long.valueOf(Math.max(0, usage - inactive)),
                group.numberOrNull("anon"),
                sum(inactive, active),
                group.numberOrNull("oomKills"),
                group.numberOrNull("maxThreads"),
                events(group));
    }

    private static ContainerEvents events(ProgramJson group) throws MalformedOutputException {
        ProgramJson events = group.objectOrEmpty("events");
        ProgramJson pressure = group.objectOrEmpty("pressure");
        return new ContainerEvents(
                events.numberOrNull("low"),
                events.numberOrNull("high"),
                events.numberOrNull("max"),
                events.numberOrNull("oom"),
                group.numberOrNull("oomKills"),
                events.numberOrNull("oom_group_kill"),
                group.numberOrNull("high"),
                null,
                stalled(pressure, "some"),
                stalled(pressure, "full"));
    }

    /** Shares are in hundredths of a per cent. */
    private static @Nullable Pressure stalled(ProgramJson pressure, String kind) throws MalformedOutputException {
        if (!pressure.has(kind)) {
            return null;
        }
        ProgramJson stalled = pressure.object(kind);
        return new Pressure(
                stalled.number("avg10", WHOLE) / (double) WHOLE,
                stalled.number("avg60", WHOLE) / (double) WHOLE,
                Duration.ofNanos(stalled.number("totalMicros", Long.MAX_VALUE / 1000) * 1000));
    }

    private static long sum(@Nullable Long a, @Nullable Long b) throws MalformedOutputException {
        long first = a == null ? 0 : a;
        long second = b == null ? 0 : b;
        if (first > Long.MAX_VALUE - second) {
            throw new MalformedOutputException("the page cache of the probe's answer is no size");
        }
        return first + second;
    }

    private static @Nullable JvmCounters counters(ProgramJson answer) throws MalformedOutputException {
        String error = answer.textOrNull("hsperfdataError");
        if (error != null) {
            throw new MalformedOutputException(Frame.shortened(error));
        }
        if (!answer.has("hsperfdata")) {
            return null;
        }
        Map<String, Long> numbers = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, JsonNode> counter : answer.object("hsperfdata").fields()) {
            JsonNode value = counter.getValue();
            if (value.isTextual()) {
                texts.put(counter.getKey(), value.textValue());
            } else if (value.isIntegralNumber() && value.canConvertToLong()) {
                numbers.put(counter.getKey(), value.longValue());
            } else {
                throw new MalformedOutputException(
                        "counter " + Frame.shortened(counter.getKey()) + " is neither a number nor a text");
            }
        }
        if (numbers.size() + texts.size() > PerfData.MAX_ENTRIES) {
            throw new MalformedOutputException(
                    "the probe's answer has more than " + PerfData.MAX_ENTRIES + " counters");
        }
        return JvmCounters.from(PerfData.of(numbers, texts));
    }
}
