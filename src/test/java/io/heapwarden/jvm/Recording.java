package io.heapwarden.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What one real JVM said, as {@code src/test/scripts/record-fixtures.sh} recorded it. */
record Recording(Path directory) {

    private static final Path ALL = Path.of("src/test/resources/jvm/recorded");
    private static final long MEBIBYTE = 1 << 20;
    private static final Pattern COLLECTED = Pattern.compile("\\[gc +] GC\\(\\d+\\) (?:Pause|M).* \\d+M\\S*->(\\d+)M");
    private static final Pattern Z_RELOCATE_START =
            Pattern.compile("Heap Statistics:(?:\\n.*){3}\\n.* Used: +\\S+ \\(\\d+%\\) +\\S+ \\(\\d+%\\) +(\\d+)M");

    static List<Recording> all() throws IOException {
        try (Stream<Path> directories = Files.list(ALL)) {
            return directories.sorted().map(Recording::new).toList();
        }
    }

    static Recording of(String name) {
        return new Recording(ALL.resolve(name));
    }

    byte[] hsperfdata() throws IOException {
        return unzipped("hsperfdata.gz");
    }

    byte[] classHistogram() throws IOException {
        return unzipped("class_histogram.txt.gz");
    }

    String heapInfo() throws IOException {
        return Files.readString(directory.resolve("heap_info.txt"));
    }

    JvmCounters counters() throws IOException, MalformedOutputException {
        return JvmCounters.from(PerfData.parse(hsperfdata()));
    }

    /** Heap in use after the last collection, as the GC log says it in whole MiB. */
    long loggedAfterGc() throws IOException {
        return last(COLLECTED);
    }

    /** Heap in use at the last pause of ZGC, as the GC log says it in whole MiB. */
    long loggedAtLastPauseOfZ() throws IOException {
        return last(Z_RELOCATE_START);
    }

    private long last(Pattern pattern) throws IOException {
        List<MatchResult> matches = pattern.matcher(Files.readString(directory.resolve("gc.log")))
                .results()
                .toList();
        return Long.parseLong(matches.getLast().group(1)) * MEBIBYTE;
    }

    boolean isJdk25() {
        return directory.getFileName().toString().startsWith("jdk25");
    }

    private byte[] unzipped(String file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(directory.resolve(file)))) {
            return in.readAllBytes();
        }
    }

    @Override
    public String toString() {
        return directory.getFileName().toString();
    }
}
