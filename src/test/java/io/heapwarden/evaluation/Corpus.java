package io.heapwarden.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The recorded traces and their truth. */
final class Corpus {

    /** Where they are committed. */
    static final Path TRACES = Path.of("src/test/corpus/traces");

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            // "none" for the signal of what does not grow.
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL);

    private final Path directory;
    private final List<Truth> truths;

    private Corpus(Path directory, List<Truth> truths) {
        this.directory = directory;
        this.truths = truths;
    }

    /**
     * Reads the index.
     *
     * @throws IOException when the index is missing or a line of it cannot be read; the message says which
     */
    static Corpus read(Path directory) throws IOException {
        Path index = directory.resolve("index.jsonl");
        List<Truth> truths = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(index)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                truths.add(JSON.readValue(line, Truth.class));
            } catch (JsonProcessingException e) {
                throw new IOException(index + ":" + number + ": " + e.getOriginalMessage(), e);
            }
        }
        truths.sort(Comparator.comparing(Truth::program).thenComparing(Truth::trace));
        return new Corpus(directory, List.copyOf(truths));
    }

    /** All traces, by program. */
    List<Truth> truths() {
        return truths;
    }

    /**
     * Reads one trace.
     *
     * @throws IOException when it cannot be read, or a line of it is bad: a committed trace has none
     */
    Recording recording(Truth truth) throws IOException {
        return Recorded.read(directory.resolve(truth.trace()));
    }
}
