package io.heapwarden.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A committed page that has to be what the code makes; written anew with {@code -Dheapwarden.generate=true}. */
final class GeneratedPage {

    private GeneratedPage() {}

    static void check(Path page, String rendered) throws IOException {
        if (Boolean.getBoolean("heapwarden.generate")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, rendered);
        }
        assertThat(page)
                .as("run the test with -Dheapwarden.generate=true and commit the page")
                .hasContent(rendered);
    }
}
