package io.heapwarden.evidence.chain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Reads the old object samples of a flight recording, with the JDK's own reader. A recording comes from a pod, so everything is bounded: the
 * file, the events read, the samples kept, and what is taken of each.
 */
public final class ReferenceChains {

    /** Largest recording that is read, in bytes. One of {@link ChainCollector} has 0.1 to 0.3 MB. */
    public static final long MAX_BYTES = 32L << 20;

    /** Most events that are looked at. */
    static final int MAX_EVENTS = 200_000;

    /** Most samples that are kept. A JVM keeps 256 unless its options say otherwise. */
    static final int MAX_SAMPLES = 4096;

    private static final String OLD_OBJECT_SAMPLE = "jdk.OldObjectSample";
    private static final int MEBIBYTE_BITS = 20;

    private ReferenceChains() {}

    /**
     * The samples of a recording, in the order in which they were written.
     *
     * @throws UnreadableRecordingException when it is not whole, or larger than {@link #MAX_BYTES}
     * @throws IOException when the file cannot be read
     */
    public static List<OldObjectSample> read(Path recording) throws IOException, UnreadableRecordingException {
        long bytes = Files.size(recording);
        if (bytes > MAX_BYTES) {
            throw tooLarge();
        }
        if (bytes == 0) {
            throw new UnreadableRecordingException(
                    "the recording is empty: the JVM wrote nothing into it. Record again");
        }
        return samples(recording);
    }

    /** The same of a recording that is not in a file yet. The stream is read to its end or to the bound, and not closed. */
    public static List<OldObjectSample> read(InputStream recording) throws IOException, UnreadableRecordingException {
        Path copy = Files.createTempFile("heapwarden-chains", ".jfr");
        try {
            byte[] bytes = recording.readNBytes((int) MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw tooLarge();
            }
            Files.write(copy, bytes);
            return read(copy);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    // The reader trusts its input: damaged files end in InternalError, in recursion without end and in arrays of any
    // length as well as in
    // exceptions of many types. What it failed to build is garbage by then, so going on is safe.
    private static List<OldObjectSample> samples(Path recording) throws UnreadableRecordingException {
        try {
            return tryToRead(recording);
        } catch (IOException | RuntimeException | InternalError | StackOverflowError | OutOfMemoryError e) {
            throw new UnreadableRecordingException(
                    "the recording is damaged or cut off, the JDK's reader stops with "
                            + e.getClass().getSimpleName() + ". Record again",
                    e);
        }
    }

    private static List<OldObjectSample> tryToRead(Path recording) throws IOException, UnreadableRecordingException {
        List<OldObjectSample> samples = new ArrayList<>();
        try (RecordingFile file = new RecordingFile(recording)) {
            for (int events = 0; file.hasMoreEvents(); events++) {
                if (events == MAX_EVENTS) {
                    throw new UnreadableRecordingException(
                            "the recording has more than %d events. Record old object samples only"
                                    .formatted(MAX_EVENTS));
                }
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals(OLD_OBJECT_SAMPLE) && samples.size() < MAX_SAMPLES) {
                    samples.add(RecordedSample.of(event));
                }
            }
        }
        return samples;
    }

    private static UnreadableRecordingException tooLarge() {
        return new UnreadableRecordingException(
                "the recording is larger than the %d MiB that are read. Record old object samples only"
                        .formatted(MAX_BYTES >> MEBIBYTE_BITS));
    }
}
