package io.heapwarden.trace;

import com.fasterxml.jackson.core.JsonFactory;
import io.heapwarden.trace.TraceLine.Bad;
import io.heapwarden.trace.TraceLine.Taken;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace line by line; no more of it is held than one line and the first few. The format is in docs/traces.md. Nothing in the file is
 * trusted: lines that cannot be used are handed out as such, with their number.
 */
public final class TraceReader implements Closeable {

    /** Samples whose distances tell the sampling interval where the header does not. */
    static final int SAMPLES_FOR_INTERVAL = 20;

    /** Assumed where even the samples do not tell it. */
    static final Duration USUAL_INTERVAL = Duration.ofMinutes(1);

    private final String file;
    private final LineSource lines;
    private final JsonFactory factory = TraceJson.factory();
    private final SampleLine samples = new SampleLine(factory);
    private final Deque<TraceLine> ahead = new ArrayDeque<>();
    private final List<String> assumptions = new ArrayList<>();
    private final TraceHeader header;
    private boolean ended;

    private TraceReader(String file, InputStream in) throws IOException {
        this.file = file;
        this.lines = new LineSource(in);
        this.header = readHeader();
    }

    /**
     * Opens a trace and reads its header.
     *
     * @param file plain or gzipped, whatever its name
     * @throws IOException when the file cannot be read
     */
    public static TraceReader open(Path file) throws IOException {
        return open(file.toString(), Files.newInputStream(file));
    }

    /**
     * Reads a trace from a stream, which is closed with the reader.
     *
     * @param name how messages name it
     * @throws IOException when it cannot be read
     */
    public static TraceReader open(String name, InputStream in) throws IOException {
        try {
            return new TraceReader(name, in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** Whose life it is. */
    public TraceHeader header() {
        return header;
    }

    /** What the header does not say and was assumed, in sentences. */
    public List<String> assumptions() {
        return List.copyOf(assumptions);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    /**
     * The next line; null at the end.
     *
     * @throws IOException when the file cannot be read any further
     */
    public @Nullable TraceLine next() throws IOException {
        TraceLine first = ahead.poll();
        return first != null ? first : read();
    }

    private TraceHeader readHeader() throws IOException {
        HeaderLine said = firstLine();
        String version = said.version();
        boolean known = TraceHeader.VERSION.equals(version);
        if (!known && assumptions.isEmpty()) {
            assumptions.add((version == null ? "The header says no version" : "The header is of version " + version)
                    + "; its fields are read as those of " + TraceHeader.VERSION + ".");
        }
        said.problems().forEach(problem -> assumptions.add("In the header " + problem + "; it is left out."));
        Duration interval = known ? said.interval() : null;
        Instant startedAt = said.startedAt();
        List<Instant> times = readAhead(interval == null ? SAMPLES_FOR_INTERVAL : startedAt == null ? 1 : 0);
        if (interval == null) {
            interval = intervalOf(times);
        }
        if (startedAt == null) {
            startedAt = times.isEmpty() ? Instant.EPOCH : times.getFirst();
            assumptions.add("The start of the JVM is not known; the first sample's time is taken for it.");
        }
        return said.complete(startedAt, interval);
    }

    private HeaderLine firstLine() throws IOException {
        while (lines.next()) {
            if (lines.blank()) {
                continue;
            }
            try {
                if (!lines.tooLong() && samples.at(lines.line(), lines.length()) == null) {
                    return HeaderLine.read(factory, lines.line(), lines.length());
                }
                assumptions.add("The trace has no header.");
                ahead.add(toSample());
            } catch (BadFieldException e) {
                assumptions.add("The trace has no header that can be read.");
                ahead.add(bad(e.getMessage()));
            }
            return HeaderLine.empty();
        }
        assumptions.add("The trace is empty.");
        return HeaderLine.empty();
    }

    private List<Instant> readAhead(int wanted) throws IOException {
        List<Instant> times = new ArrayList<>();
        ahead.forEach(line -> addTime(line, times));
        while (times.size() < wanted) {
            TraceLine line = read();
            if (line == null) {
                break;
            }
            ahead.add(line);
            addTime(line, times);
        }
        return times;
    }

    private static void addTime(TraceLine line, List<Instant> times) {
        if (line instanceof Taken taken) {
            times.add(taken.sample().at());
        }
    }

    private Duration intervalOf(List<Instant> times) {
        List<Duration> distances = new ArrayList<>();
        for (int i = 1; i < times.size(); i++) {
            Duration distance = Duration.between(times.get(i - 1), times.get(i));
            if (distance.toMillis() > 0) {
                distances.add(distance);
            }
        }
        if (distances.isEmpty()) {
            assumptions.add("The sampling interval is not known; " + USUAL_INTERVAL + " is assumed.");
            return USUAL_INTERVAL;
        }
        distances.sort(null);
        Duration median = distances.get(distances.size() / 2);
        assumptions.add("The sampling interval is not known; the median distance of the first " + times.size()
                + " samples is taken, " + median + ".");
        return median;
    }

    private @Nullable TraceLine read() throws IOException {
        while (lines.next()) {
            if (lines.cutOff()) {
                break;
            }
            if (!lines.blank()) {
                return toSample();
            }
        }
        if (lines.cutOff() && !ended) {
            ended = true;
            return new Bad(
                    file, lines.number(), "the gzip data ends early or is damaged here; the lines before are judged");
        }
        return null;
    }

    private TraceLine toSample() throws IOException {
        if (lines.tooLong()) {
            return bad("is longer than " + LineSource.LONGEST_LINE + " bytes");
        }
        try {
            Instant at = samples.at(lines.line(), lines.length());
            return at == null
                    ? bad(notASample())
                    : new Taken(lines.number(), samples.read(lines.line(), lines.length(), at));
        } catch (BadFieldException e) {
            return bad(e.getMessage());
        }
    }

    private String notASample() throws IOException {
        return HeaderLine.read(factory, lines.line(), lines.length()).version() == null
                ? "has no field 'at'"
                : "is a second header; a trace tells one life, and the lines after it are taken for the same one";
    }

    private Bad bad(@Nullable String message) {
        return new Bad(file, lines.number(), String.valueOf(message));
    }
}
