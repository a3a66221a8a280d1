package io.heapwarden.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a JVM itself wrote of its collections: with unified logging from JDK 9 on, in the old form on JDK 8. Both print the heap to the kilobyte. */
record GcLog(String text) {

    private static final Pattern HEAP_AFTER = Pattern.compile("(?i)heap after .*invocations=");
    private static final Pattern DECORATIONS = Pattern.compile("(?m)^(?:\\[[^\\]]*\\])+ *(?:GC\\(\\d+\\) ?)?");
    private static final Pattern BEGUN = Pattern.compile("GC\\((\\d+)\\)");
    private static final Pattern ENDED = Pattern.compile(
            "\\[gc +\\] GC\\((\\d+)\\) (?:.*\\d[KMG]?\\S*->\\d+[KMG].*|Concurrent \\w+ Cycle .*ms|Concurrent Cycle .*ms|Concurrent .*ms)");
    private static final Pattern COLLECTED_TO =
            Pattern.compile("\\[gc +\\] GC\\(\\d+\\) (?:Minor|Major|Garbage) Collection .* \\d+M\\S*->(\\d+)M");
    private static final Pattern Z_USED_AT_RELOCATE_START =
            Pattern.compile("Heap Statistics:(?:\\n.*){3}\\n.* Used: +\\S+ \\(\\d+%\\) +\\S+ \\(\\d+%\\) +(\\d+)M");
    private static final Pattern PAUSE =
            Pattern.compile("(?m)^.*\\[gc(?:,phases)? *\\] GC\\(\\d+\\) (?:[yYO]: )?Pause .* (\\d+\\.\\d+)ms$");
    private static final Pattern PAUSE_OF_8 = Pattern.compile(
            "(?m)(?:\\[(?:GC (?:\\(|pause|remark|cleanup)|Full GC)|\\(concurrent mode interrupted\\))[^\\n]*, (\\d+\\.\\d+) secs\\](?: \\[Times[^\\n]*)?$");
    private static final Pattern GIVEN_BACK =
            Pattern.compile("(?i)Pause (?:Remark|Cleanup) .*->|\\[GC (?:remark|cleanup)|Concurrent[ -]Sweep");
    private static final long MEBIBYTE = 1 << 20;

    static GcLog of(Path file) throws IOException {
        return new GcLog(Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "");
    }

    /** The heap as it was printed at the end of the last collection. */
    HeapInfo heapAfterLast() throws MalformedOutputException {
        String after = text.substring(last(HEAP_AFTER).end());
        // JDK 11 begins on the line of the heading.
        return HeapInfo.parse(
                DECORATIONS.matcher(after).replaceAll("").replaceFirst("^\\d+ \\(full +\\d+\\): *\\n?", ""));
    }

    /** Whether every collection that began has ended; the old form of the log does not tell. */
    boolean isAtRest() {
        return numbers(BEGUN).equals(numbers(ENDED));
    }

    private Set<String> numbers(Pattern pattern) {
        return pattern.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    /** Whether concurrent work has given memory back since the heap was last printed: remark and cleanup of G1, the sweep of CMS. */
    boolean hasGivenBackSince() {
        return GIVEN_BACK.matcher(text.substring(last(HEAP_AFTER).end())).find();
    }

    /** B of the last {@code A->B} of ZGC, which counts whole MiB. */
    long collectedTo() {
        return Long.parseLong(last(COLLECTED_TO).group(1)) * MEBIBYTE;
    }

    /** In use at the last Relocate Start of ZGC, its last pause. */
    long usedAtRelocateStart() {
        return Long.parseLong(last(Z_USED_AT_RELOCATE_START).group(1)) * MEBIBYTE;
    }

    long count(String pattern) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }

    double pauseSeconds() {
        return unified() ? sum(PAUSE) / 1000 : sum(PAUSE_OF_8);
    }

    boolean unified() {
        return text.startsWith("[");
    }

    private double sum(Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .mapToDouble(pause -> Double.parseDouble(pause.group(1)))
                .sum();
    }

    private MatchResult last(Pattern pattern) {
        List<MatchResult> matches = pattern.matcher(text).results().toList();
        if (matches.isEmpty()) {
            throw new AssertionError("the GC log has no " + pattern + ":\n" + text);
        }
        return matches.getLast();
    }
}
