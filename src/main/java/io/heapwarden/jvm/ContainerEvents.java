package io.heapwarden.jvm;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened to the memory of the container that a JVM is in, since the container began: memory.events, memory.high and memory.pressure of
 * version 2 of control groups (kernel documentation admin-guide/cgroup-v2), memory.failcnt and memory.oom_control of version 1. What is not said
 * is null.
 *
 * @param lowBreaches times that memory was taken back though use was below memory.low; version 2
 * @param highBreaches times that processes were held up because use was above memory.high; version 2
 * @param limitHits times that use was about to go over the limit, so that memory had to be taken back first
 * @param outOfMemory times that this did not help; version 2
 * @param oomKills processes killed for want of memory
 * @param groupKills times that all of the container was killed at once; version 2
 * @param high memory.high in bytes; null when there is none
 * @param underOom whether processes stand still for want of memory right now; version 1 with the killer switched off
 * @param someStalled how long at least one process waited for memory; version 2 with pressure stall information
 * @param allStalled how long all of them waited
 */
public record ContainerEvents(
        @Nullable Long lowBreaches,
        @Nullable Long highBreaches,
        @Nullable Long limitHits,
        @Nullable Long outOfMemory,
        @Nullable Long oomKills,
        @Nullable Long groupKills,
        @Nullable Long high,
        @Nullable Boolean underOom,
        @Nullable Pressure someStalled,
        @Nullable Pressure allStalled) {

    /** Nothing is known. */
    public static final ContainerEvents UNKNOWN =
            new ContainerEvents(null, null, null, null, null, null, null, null, null, null);

    /**
     * Time waited for memory.
     *
     * @param share10s share of the last 10 s, 0 to 1
     * @param share60s share of the last minute, 0 to 1
     * @param total since the container began
     */
    public record Pressure(double share10s, double share60s, Duration total) {

        private static final double PERCENT = 100;

        /** {@code avg10=0.00 avg60=0.00 avg300=0.00 total=0}: per cent, and microseconds. */
        private static Pressure parse(String words) throws MalformedOutputException {
            double ten = -1;
            double sixty = -1;
            long total = -1;
            try {
                for (String word : words.split(" ")) {
                    String value = word.substring(word.indexOf('=') + 1);
                    if (word.startsWith("avg10=")) {
                        ten = Double.parseDouble(value);
                    } else if (word.startsWith("avg60=")) {
                        sixty = Double.parseDouble(value);
                    } else if (word.startsWith("total=")) {
                        total = Long.parseLong(value);
                    }
                }
            } catch (NumberFormatException e) {
                total = -1;
            }
            if (!(ten >= 0 && ten <= PERCENT && sixty >= 0 && sixty <= PERCENT && total >= 0)) {
                throw new MalformedOutputException(
                        "memory.pressure of the control group is garbled: " + MalformedOutputException.quote(words));
            }
            return new Pressure(
                    ten / PERCENT,
                    sixty / PERCENT,
                    Duration.ofNanos(Math.multiplyExact(Math.min(total, MOST_MICROS), 1000L)));
        }

        /** 292 years, beyond which nanoseconds do not go. */
        private static final long MOST_MICROS = Long.MAX_VALUE / 1000;
    }

    /**
     * What happened between two looks. What was not known at both is null.
     *
     * @param elapsed between them
     * @param oomKills processes killed for want of memory
     * @param limitHits times that use was about to go over the limit
     * @param highBreaches times that processes were held up because use was above memory.high
     * @param someStalledShare share of the time that at least one process waited for memory, 0 to 1
     * @param allStalledShare share of the time that all of them did, 0 to 1
     */
    public record Difference(
            Duration elapsed,
            @Nullable Long oomKills,
            @Nullable Long limitHits,
            @Nullable Long highBreaches,
            @Nullable Double someStalledShare,
            @Nullable Double allStalledShare) {}

    /**
     * What happened since an earlier look at the same container. A counter that is lower than then is of another container, and what it tells is
     * null.
     *
     * @throws IllegalArgumentException when no time lies between them
     */
    public Difference since(ContainerEvents earlier, Duration elapsed) {
        if (elapsed.isNegative() || elapsed.isZero()) {
            throw new IllegalArgumentException("no time lies between the two looks: " + elapsed);
        }
        return new Difference(
                elapsed,
                more(earlier.oomKills, oomKills),
                more(earlier.limitHits, limitHits),
                more(earlier.highBreaches, highBreaches),
                share(earlier.someStalled, someStalled, elapsed),
                share(earlier.allStalled, allStalled, elapsed));
    }

    private static @Nullable Long more(@Nullable Long before, @Nullable Long after) {
        return before == null || after == null || after < before ? null : Long.valueOf(after - before);
    }

    private static @Nullable Double share(@Nullable Pressure before, @Nullable Pressure after, Duration elapsed) {
        if (before == null || after == null) {
            return null;
        }
        Duration stalled = after.total.minus(before.total);
        return stalled.isNegative()
                ? null
                : Double.valueOf(Math.min(1, (double) stalled.toNanos() / elapsed.toNanos()));
    }

    /**
     * Reads the files of a control group.
     *
     * @param files version, then each one-number file by its name, and the lines of memory.events, memory.pressure and memory.oom_control
     * @throws MalformedOutputException when one has a value that it cannot have
     */
    public static ContainerEvents parse(Map<String, String> files) throws MalformedOutputException {
        return switch (files.getOrDefault("version", "")) {
            case "1" -> {
                Long underOom = count(files, "under_oom");
                yield new ContainerEvents(
                        null,
                        null,
                        count(files, "memory.failcnt"),
                        null,
                        count(files, "oom_kill"),
                        null,
                        null,
                        underOom == null ? null : Boolean.valueOf(underOom != 0),
                        null,
                        null);
            }
            case "2" ->
                new ContainerEvents(
                        count(files, "low"),
                        count(files, "high"),
                        count(files, "max"),
                        count(files, "oom"),
                        count(files, "oom_kill"),
                        count(files, "oom_group_kill"),
                        "max".equals(files.get("memory.high")) ? null : count(files, "memory.high"),
                        null,
                        pressure(files.get("some")),
                        pressure(files.get("full")));
            default -> UNKNOWN;
        };
    }

    private static @Nullable Pressure pressure(@Nullable String words) throws MalformedOutputException {
        return words == null ? null : Pressure.parse(words);
    }

    private static @Nullable Long count(Map<String, String> files, String name) throws MalformedOutputException {
        String digits = files.get(name);
        if (digits == null) {
            return null;
        }
        try {
            long number = Long.parseLong(digits);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, together with negative numbers.
        }
        throw new MalformedOutputException(
                name + " of the control group is no count: " + MalformedOutputException.quote(digits));
    }
}
