package io.heapwarden.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What a JVM that ran src/test/scripts/Diagnosed.java said, as {@code src/test/scripts/record-fixtures.sh} recorded it. */
record DiagnosedRecording(Path directory) {

    private static final Path ALL = Path.of("src/test/resources/jvm/diagnosed");

    static Stream<DiagnosedRecording> all() throws IOException {
        try (Stream<Path> directories = Files.list(ALL)) {
            return directories.sorted().map(DiagnosedRecording::new).toList().stream();
        }
    }

    int featureVersion() {
        return Integer.parseInt(directory.getFileName().toString().substring("jdk".length()));
    }

    boolean has(String file) {
        return Files.exists(directory.resolve(file));
    }

    byte[] bytes(String file) throws IOException {
        Path path = directory.resolve(file);
        try (InputStream in = Files.newInputStream(path);
                InputStream unzipped = file.endsWith(".gz") ? new GZIPInputStream(in) : in) {
            return unzipped.readAllBytes();
        }
    }

    /** Every answer of every JDK, by the name of its file. */
    static List<byte[]> answers(String file) {
        try {
            return all().filter(recording -> recording.has(file))
                    .map(recording -> {
                        try {
                            return recording.bytes(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return directory.getFileName().toString();
    }
}
