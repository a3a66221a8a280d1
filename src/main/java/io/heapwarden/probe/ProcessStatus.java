package io.heapwarden.probe;

import io.heapwarden.jvm.MalformedOutputException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says of a process: /proc/PID/status, /proc/PID/stat and the boot time of /proc/stat, as proc(5) describes them.
 *
 * @param rss resident memory in bytes; null for a process that has ended
 * @param rssAnon the part of it that is anonymous; null for a process that has ended, and on kernels before 4.5
 * @param threads number of threads
 * @param catchesQuit whether it handles SIGQUIT; a process that does not is killed by it
 * @param startTicks clock ticks between the machine's boot and the start of the process; with the process id it names a process for good
 * @param startedAt when it started; the boot time is known to the second only
 * @param cpu processor time since its start
 */
public record ProcessStatus(
        @Nullable Long rss,
        @Nullable Long rssAnon,
        long threads,
        boolean catchesQuit,
        long startTicks,
        Instant startedAt,
        Duration cpu) {

    /** The user-space clock tick, the same on every Linux that runs a JVM. */
    private static final long TICKS_PER_SECOND = 100;

    private static final long MILLIS_PER_TICK = 1000 / TICKS_PER_SECOND;
    private static final int QUIT = 3;

    /** Places in /proc/PID/stat counted from the third field, the first after the command's closing bracket. */
    private static final int USER_TICKS = 14 - 3;

    private static final int SYSTEM_TICKS = 15 - 3;
    private static final int START_TICKS = 22 - 3;

    /**
     * Reads the three one after another.
     *
     * @param text /proc/PID/status, /proc/PID/stat, and the line btime of /proc/stat
     */
    static ProcessStatus parse(String text) throws MalformedOutputException {
        Map<String, String> fields = new HashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.putIfAbsent(
                        line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        String rss = fields.get("VmRSS");
        String rssAnon = fields.get("RssAnon");
        // The command's name may hold anything, line breaks and brackets included.
        String afterName = text.substring(text.lastIndexOf(')') + 1);
        String[] ticks = afterName.lines().findFirst().orElse("").strip().split("\\s+");
        if (ticks.length <= START_TICKS) {
            throw new MalformedOutputException("/proc/PID/stat has only " + ticks.length + " fields after the command");
        }
        long start = number("start time", ticks[START_TICKS]);
        return new ProcessStatus(
                rss == null ? null : Long.valueOf(kibibytes("VmRSS", rss)),
                rssAnon == null ? null : Long.valueOf(kibibytes("RssAnon", rssAnon)),
                number("Threads", fields.getOrDefault("Threads", "")),
                (mask(fields.getOrDefault("SigCgt", "")) >> (QUIT - 1) & 1) == 1,
                start,
                bootTime(text).plusMillis(start * MILLIS_PER_TICK),
                Duration.ofMillis((number("user time", ticks[USER_TICKS]) + number("system time", ticks[SYSTEM_TICKS]))
                        * MILLIS_PER_TICK));
    }

    private static Instant bootTime(String text) throws MalformedOutputException {
        String line = text.lines()
                .filter(l -> l.startsWith("btime "))
                .findFirst()
                .orElseThrow(() -> new MalformedOutputException("/proc/stat has no btime"));
        return Instant.ofEpochSecond(number("btime", line.substring(line.indexOf(' ') + 1)));
    }

    private static long kibibytes(String what, String size) throws MalformedOutputException {
        if (!size.endsWith(" kB")) {
            throw new MalformedOutputException(what + " of /proc/PID/status is not in kB: " + Frame.shortened(size));
        }
        return number(what, size.substring(0, size.length() - 3).strip()) << 10;
    }

    private static long mask(String hexadecimal) throws MalformedOutputException {
        try {
            return Long.parseUnsignedLong(hexadecimal, 16);
        } catch (NumberFormatException e) {
            throw new MalformedOutputException(
                    "SigCgt of /proc/PID/status is no mask: " + Frame.shortened(hexadecimal));
        }
    }

    private static long number(String what, String digits) throws MalformedOutputException {
        try {
            long number = Long.parseLong(digits.strip());
            if (number >= 0 && number < Long.MAX_VALUE >> 10) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, together with numbers out of range.
        }
        throw new MalformedOutputException(what + " of a process is no sensible number: " + Frame.shortened(digits));
    }
}
