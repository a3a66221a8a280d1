package io.heapwarden.telemetry;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    @Test
    void isWhatTheMetricsSay() throws IOException {
        GeneratedPage.check(Path.of("docs/metrics.md"), MetricsPage.render());
    }
}
