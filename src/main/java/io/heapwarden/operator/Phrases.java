package io.heapwarden.operator;

import io.heapwarden.growth.Exhaustion;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as people read them, the same in status, Events and annotations. */
final class Phrases {

    private static final long KIB = 1024;

    private Phrases() {}

    /** "5h to 9h", or "no sooner than 5h" when the growth may also end before the limit. */
    static String exhaustion(Exhaustion exhaustion) {
        Duration latest = exhaustion.latest();
        String earliest = duration(exhaustion.earliest());
        return latest == null ? "no sooner than " + earliest : earliest + " to " + duration(latest);
    }

    /** Two significant steps at most: a forecast of seconds would change with every sample and promise what nobody knows. */
    static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return "under 1m";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m";
        }
        if (seconds < 86_400) {
            long minutes = seconds % 3600 / 60 / 10 * 10;
            return seconds / 3600 + "h" + (minutes == 0 || seconds >= 6 * 3600 ? "" : minutes + "m");
        }
        return seconds / 86_400 + "d";
    }

    /** Bytes in the largest binary unit that leaves a number of at least one. */
    static String bytes(double bytes) {
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

    /** 0.9997 as "99.97%"; "unknown" while nothing was judged. */
    static String percent(@Nullable Double share) {
        if (share == null) {
            return "unknown";
        }
        String text = String.format(Locale.ROOT, "%.2f", share * 100);
        return text.replaceAll("\\.?0+$", "") + "%";
    }
}
