package io.heapwarden.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is generated from the API types and committed. Run with {@code -Dheapwarden.generate=true} it writes the files instead. */
class GeneratedFilesTest {

    private static final boolean GENERATE = Boolean.getBoolean("heapwarden.generate");

    @TestFactory
    Stream<DynamicTest> committedFilesAreWhatTheCodeGenerates() throws IOException {
        return generated().entrySet().stream()
                .map(file ->
                        DynamicTest.dynamicTest(file.getKey().toString(), () -> check(file.getKey(), file.getValue())));
    }

    private static void check(Path path, String text) throws IOException {
        if (GENERATE) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return;
        }
        assertThat(path)
                .as("%s is missing: run `make generate` and commit it", path)
                .exists();
        assertThat(Files.readString(path))
                .as("%s differs from what the types in io.heapwarden.api say: run `make generate` and commit it", path)
                .isEqualTo(text);
    }

    private static Map<Path, String> generated() throws IOException {
        Map<Path, String> files = new LinkedHashMap<>();
        GeneratedCrds.texts().forEach((name, text) -> {
            files.put(Path.of("crds", name), text);
            // A chart can only render files of its own.
            files.put(Path.of("helm/heapwarden/files/crds", name), text);
        });
        files.put(Path.of("docs/reference.md"), ReferencePage.of(GeneratedCrds.all()));
        return files;
    }
}
