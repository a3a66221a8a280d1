package io.heapwarden.probe;

import io.heapwarden.probe.CommandRunner.CommandOutput;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The output of a probe script, taken apart. Each section begins with a line of the caller's random boundary and the section's name; the last
 * line is the boundary, the word end, and the number of sections. So an output that was cut, that something else wrote into, or that another
 * program wrote is noticed, whatever bytes a section holds.
 */
public final class Frame {

    private static final String END = "end ";
    private static final int QUOTED = 200;

    private final Map<String, byte[]> sections;

    private Frame(Map<String, byte[]> sections) {
        this.sections = sections;
    }

    static ProbeResult<Frame> parse(CommandOutput output, String boundary) {
        if (output.truncated()) {
            return new Failure<>(
                    FailureReason.TooLong, "the answer is longer than " + output.standardOutput().length + " bytes");
        }
        byte[] bytes = output.standardOutput();
        byte[] mark = ("\n" + boundary + " ").getBytes(StandardCharsets.US_ASCII);
        if (bytes.length == 0) {
            return new Failure<>(FailureReason.Truncated, "the answer is empty" + said(output));
        }
        if (!startsWith(bytes, 0, mark)) {
            return new Failure<>(FailureReason.Garbled, "the answer does not begin as it must" + said(output));
        }
        Map<String, byte[]> sections = new LinkedHashMap<>();
        int at = 0;
        while (true) {
            int line = at + mark.length;
            int content = indexOf(bytes, line, new byte[] {'\n'}) + 1;
            int next = content == 0 ? -1 : indexOf(bytes, content - 1, mark);
            String name = content == 0 ? "" : text(bytes, line, content - 1);
            if (next < 0) {
                return ended(name, content == bytes.length, sections, output);
            }
            // The line break that ends a header may be the one that begins the next: an empty section.
            byte[] section = Arrays.copyOfRange(bytes, Math.min(content, next), next);
            if (sections.put(name, section) != null) {
                return new Failure<>(FailureReason.Garbled, "the answer has two sections " + shortened(name));
            }
            at = next;
        }
    }

    private static ProbeResult<Frame> ended(
            String name, boolean last, Map<String, byte[]> sections, CommandOutput output) {
        if (!name.startsWith(END)) {
            return new Failure<>(FailureReason.Truncated, "the answer ends early" + said(output));
        }
        if (!last || !name.equals(END + sections.size())) {
            return new Failure<>(FailureReason.Garbled, "the answer's last line does not fit the rest");
        }
        return new Success<>(new Frame(sections));
    }

    boolean has(String section) {
        return sections.containsKey(section);
    }

    byte @Nullable [] bytes(String section) {
        return sections.get(section);
    }

    /** A section as text; empty when it is not there. */
    String text(String section) {
        byte[] bytes = sections.get(section);
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    /** A section of lines that each hold a key, a blank and a value. The first of equal keys counts. */
    Map<String, String> pairs(String section) {
        Map<String, String> pairs = new LinkedHashMap<>();
        text(section).lines().forEach(line -> {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                pairs.putIfAbsent(
                        line.substring(0, blank), line.substring(blank + 1).strip());
            }
        });
        return pairs;
    }

    private static String said(CommandOutput output) {
        String error = output.standardError().strip();
        return error.isEmpty() ? "" : ": " + shortened(error);
    }

    /** Foreign words made fit for a message: one short line without control characters. */
    public static String shortened(String foreign) {
        String line = foreign.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
        return line.length() <= QUOTED ? line : line.substring(0, QUOTED) + "...";
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }

    private static int indexOf(byte[] bytes, int from, byte[] wanted) {
        for (int i = from; i <= bytes.length - wanted.length; i++) {
            if (bytes[i] == wanted[0] && startsWith(bytes, i, wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] wanted) {
        return at + wanted.length <= bytes.length
                && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }
}
