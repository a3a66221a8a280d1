package io.heapwarden.jvm;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The few facts that are derived from a JVM's arguments. Sizes are in bytes.
 *
 * @param maxMetaspace MaxMetaspaceSize; null when not given
 * @param maxDirectMemory MaxDirectMemorySize; null when not given, which means as much as the maximum heap
 * @param attachDisabled whether DisableAttachMechanism is on; null when the arguments are too long to tell
 * @param signalsReduced whether -Xrs is on, so that the signal which opens the attach socket would end the JVM; null when the arguments are too
 *     long to tell
 */
public record StartOptions(
        @Nullable Long maxMetaspace,
        @Nullable Long maxDirectMemory,
        @Nullable Boolean attachDisabled,
        @Nullable Boolean signalsReduced) {

    /** HotSpot cuts {@code java.rt.vmArgs} at this many bytes (PerfMaxStringConstLength) without a mark. */
    private static final int LONGEST_KEPT = 1024;

    private static final int MAX_DIGITS = 18;

    static StartOptions from(PerfData data) {
        String flags = data.text("java.rt.vmFlags");
        String arguments = data.text("java.rt.vmArgs");
        if (arguments == null) {
            return new StartOptions(null, null, null, null);
        }
        boolean whole = arguments.length() < LONGEST_KEPT;
        Boolean attachDisabled = whole ? Boolean.FALSE : null;
        Boolean signalsReduced = whole ? Boolean.FALSE : null;
        Long maxMetaspace = null;
        Long maxDirectMemory = null;
        // As the JVM does: the last one counts.
        for (String argument : ((flags == null ? "" : flags) + " " + arguments).split(" ", -1)) {
            switch (argument) {
                case "-XX:+DisableAttachMechanism" -> attachDisabled = true;
                case "-XX:-DisableAttachMechanism" -> attachDisabled = whole ? Boolean.FALSE : null;
                case "-Xrs", "-XX:+ReduceSignalUsage" -> signalsReduced = true;
                case "-XX:-ReduceSignalUsage" -> signalsReduced = whole ? Boolean.FALSE : null;
                default -> {
                    maxMetaspace = size(argument, "-XX:MaxMetaspaceSize=", maxMetaspace);
                    maxDirectMemory = size(argument, "-XX:MaxDirectMemorySize=", maxDirectMemory);
                }
            }
        }
        return new StartOptions(maxMetaspace, maxDirectMemory, attachDisabled, signalsReduced);
    }

    private static @Nullable Long size(String argument, String option, @Nullable Long before) {
        if (!argument.startsWith(option)) {
            return before;
        }
        String size = argument.substring(option.length()).toLowerCase(Locale.ROOT);
        int shift = size.isEmpty() ? -1 : " kmgt".indexOf(size.charAt(size.length() - 1));
        String digits = shift > 0 ? size.substring(0, size.length() - 1) : size;
        if (digits.isEmpty() || digits.length() > MAX_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return before;
        }
        long number = Long.parseLong(digits);
        int bits = Math.max(0, shift) * 10;
        return number > Long.MAX_VALUE >> bits ? before : Long.valueOf(number << bits);
    }
}
