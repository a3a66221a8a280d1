package io.heapwarden.security.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.telemetry.GeneratedPage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JvmChecksPageTest {

    @Test
    void isWhatTheChecksSay() throws IOException {
        String rendered = JvmChecksPage.render();

        assertThat(GeneratedPage.committed(Path.of("docs/jvm-checks.md"), rendered))
                .as("run `make generate` and commit the page")
                .isEqualTo(rendered);
    }
}
