package io.heapwarden.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A resource that the API server must accept ({@code valid-*.yaml}) or refuse ({@code invalid-*.yaml}). A new file is a new case. Its first lines are
 * comments: {@code # expect: } and part of the message, or, in a valid one, {@code path = value} after defaulting.
 */
public record ValidationCase(String name, boolean valid, List<String> expected, String text) {

    private static final Path CORPUS = Path.of("src/test/resources/api/memorypolicy");
    private static final String EXPECT = "# expect: ";

    /** Every case, by name. */
    public static Stream<ValidationCase> all() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(ValidationCase::read)
                    .toList()
                    .stream();
        }
    }

    private static ValidationCase read(Path file) {
        try {
            String text = Files.readString(file);
            String name = file.getFileName().toString();
            return new ValidationCase(
                    name,
                    name.startsWith("valid-"),
                    text.lines()
                            .filter(line -> line.startsWith(EXPECT))
                            .map(line -> line.substring(EXPECT.length()))
                            .toList(),
                    text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
