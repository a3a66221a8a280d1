package io.heapwarden.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EventsPageTest {

    @Test
    void isWhatTheReasonsSay() throws IOException {
        String rendered = EventsPage.render();

        assertThat(GeneratedPage.committed(Path.of("docs/events.md"), rendered))
                .as("run `make generate` and commit the page")
                .isEqualTo(rendered);
    }

    @Test
    void statesTheLimitsThatHold() {
        assertThat(EventsPage.render())
                .contains("within " + EventLimits.DEFAULT.dedupeWindow().toMinutes() + " minutes")
                .contains("at most " + EventLimits.DEFAULT.burst() + " Events");
    }
}
