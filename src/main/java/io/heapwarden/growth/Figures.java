package io.heapwarden.growth;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them: 64.0 MiB, 3 h 20 min, 41 %. */
public final class Figures {

    private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Figures() {}

    /** A value in the signal's own unit. */
    public static String amount(Signal signal, double value) {
        return switch (signal) {
            case Classes, ClassLoaders, ClassInstances -> String.format(Locale.ROOT, "%,.0f", value);
            case Threads -> String.format(Locale.ROOT, "%,.0f threads", value);
            default -> bytes(value);
        };
    }

    /** Bytes in the largest binary unit that leaves a number of at least one. */
    public static String bytes(double value) {
        double rest = Math.abs(value);
        int unit = 0;
        while (rest >= 1024 && unit < BYTE_UNITS.length - 1) {
            rest /= 1024;
            unit++;
        }
        String figure = String.format(Locale.ROOT, unit == 0 ? "%.0f" : "%.1f", Math.copySign(rest, value));
        return figure + " " + BYTE_UNITS[unit];
    }

    /** In the two units that say most. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3600) {
            return withRest(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 2 * 86_400) {
            return withRest(seconds / 3600, "h", seconds % 3600 / 60, "min");
        }
        return withRest(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    private static String withRest(long whole, String unit, long rest, String restUnit) {
        return whole + " " + unit + (rest == 0 ? "" : " " + rest + " " + restUnit);
    }

    /** A share as whole percents. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** How a person calls the signal. */
    public static String name(Signal signal) {
        return switch (signal) {
            case HeapAfterGC -> "heap after collection";
            case Metaspace -> "metaspace";
            case Classes -> "the number of loaded classes";
            case Threads -> "the number of threads";
            case DirectBuffers -> "direct buffer memory";
            case ContainerAnon -> "the container's anonymous memory";
            default -> signal.name();
        };
    }
}
