package io.heapwarden.evidence.chain;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code JFR.check}. Ours is told by its name; a recording that has ended stays in the list of a JVM, costs nothing and cannot be
 * taken out, so there may be several of one name and a running one is addressed by its number.
 *
 * @param running those that record, in the order of the answer
 */
record RecordingList(List<Entry> running) {

    /** The name of ours, which people see who look. */
    static final String NAME = "heapwarden-chains";

    private static final int MAX_LINES = 1000;
    private static final Pattern LINE = Pattern.compile("Recording (\\d{1,9}): name=(.*) \\((\\w+)\\)");
    private static final Pattern OPTIONS = Pattern.compile(" (duration|delay|maxsize|maxage|dumponexit)=.*");

    record Entry(int number, String name) {}

    RecordingList {
        running = List.copyOf(running);
    }

    /** Null when the answer is none of a flight recorder. */
    static @Nullable RecordingList parse(String answer) {
        List<Matcher> lines = answer.lines()
                .limit(MAX_LINES)
                .map(line -> LINE.matcher(line.strip()))
                .filter(Matcher::matches)
                .toList();
        if (lines.isEmpty() && !answer.contains("No available recordings")) {
            return null;
        }
        return new RecordingList(lines.stream()
                .filter(line ->
                        !line.group(3).equals("stopped") && !line.group(3).equals("closed"))
                .map(line -> new Entry(
                        Integer.parseInt(line.group(1)),
                        OPTIONS.matcher(line.group(2)).replaceFirst("")))
                .toList());
    }

    /** The number of ours; null when it does not run. */
    @Nullable
    Integer ours() {
        return running.stream()
                .filter(entry -> entry.name().equals(NAME))
                .map(Entry::number)
                .findFirst()
                .orElse(null);
    }

    /** The name of a running one that is not ours; null when there is none. */
    @Nullable
    String other() {
        return running.stream()
                .map(Entry::name)
                .filter(name -> !name.equals(NAME))
                .findFirst()
                .orElse(null);
    }
}
