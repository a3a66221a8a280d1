package io.heapwarden.operator;

import io.heapwarden.growth.Exhaustion;
import io.heapwarden.growth.WorkloadKnowledge.Regression;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as people read them, the same in status, Events and annotations. */
public final class Phrases {

    private static final long KIB = 1024;
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Phrases() {}

    /** "5h to 9h", or "no sooner than 5h" when the growth may also end before the limit. */
    public static String exhaustion(Exhaustion exhaustion) {
        Duration latest = exhaustion.latest();
        String earliest = duration(exhaustion.earliest());
        return latest == null ? "no sooner than " + earliest : earliest + " to " + duration(roundedUp(latest));
    }

    /** Rounded down and coarse: a forecast of seconds would change with every sample and promise what nobody knows. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < MINUTE) {
            return "under 1m";
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + "m";
        }
        if (seconds < DAY) {
            long minutes = seconds % HOUR / MINUTE / 10 * 10;
            return seconds / HOUR + "h" + (minutes == 0 || seconds >= 6 * HOUR ? "" : minutes + "m");
        }
        return seconds / DAY + "d";
    }

    /** Up to the next step that {@link #duration} knows, so that the late end of an interval never looks earlier than it is. */
    private static Duration roundedUp(Duration duration) {
        long seconds = duration.toSeconds();
        long step = seconds < HOUR ? MINUTE : seconds < 6 * HOUR ? 10 * MINUTE : seconds < DAY ? HOUR : DAY;
        return Duration.ofSeconds(Math.ceilDiv(seconds, step) * step);
    }

    /** Bytes in the largest binary unit that leaves a number of at least one. */
    public static String bytes(double bytes) {
        double size = Math.abs(bytes);
        String sign = bytes < 0 ? "-" : "";
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        while (size >= KIB && unit < units.length - 1) {
            size /= KIB;
            unit++;
        }
        return sign
                + (unit == 0
                        ? String.format(Locale.ROOT, "%.0f B", size)
                        : String.format(Locale.ROOT, "%.1f %s", size, units[unit]));
    }

    /** How a revision grows more than the one before it. */
    static String regression(Regression regression) {
        SignalUnit unit = SignalUnit.of(regression.signal());
        return "revision " + regression.revision() + " grew " + unit.write(regression.growth()) + " in "
                + regression.signal() + " in its first " + duration(regression.age()) + ", revision "
                + regression.previous() + " at most " + unit.write(regression.previousGrowth()) + " at that age";
    }

    /** 0.9997 as "99.97%"; "unknown" while nothing was judged. */
    public static String percent(@Nullable Double share) {
        if (share == null) {
            return "unknown";
        }
        String text = String.format(Locale.ROOT, "%.2f", share * 100);
        return text.replaceAll("\\.?0+$", "") + "%";
    }
}
