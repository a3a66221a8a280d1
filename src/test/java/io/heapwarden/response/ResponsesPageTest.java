package io.heapwarden.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/responses.md is written by hand; what it says about the gate must be what the gate does. */
class ResponsesPageTest {

    @Test
    void namesEveryRefusalInTheOrderOfTheChecks() throws IOException {
        String page = Files.readString(Path.of("docs/responses.md"));

        List<String> rows = Pattern.compile("^\\| [0-9]+ \\| .* \\| `(\\w+)` \\|", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();

        assertThat(rows)
                .isEqualTo(Arrays.stream(GateRefusal.values()).map(Enum::name).toList());
    }

    @Test
    void namesEveryRefusalOfAResizeInTheOrderOfTheChecks() throws IOException {
        String page = Files.readString(Path.of("docs/responses.md"));

        List<String> rows = Pattern.compile("^\\| R[0-9]+ \\| .* \\| `(\\w+)` \\| (yes)? ?\\|", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(row -> row.group(1) + (row.group(2) == null ? "" : " told"))
                .toList();

        assertThat(rows)
                .isEqualTo(Arrays.stream(ResizeRefusal.values())
                        .map(refusal -> refusal + (refusal.worthAnEvent() ? " told" : ""))
                        .toList());
        assertThat(page).contains("at most " + ResizeRules.MOST_OF_A_POD + " times");
    }

    @Test
    void namesEveryOutcomeAndEveryDefault() throws IOException {
        String page = Files.readString(Path.of("docs/responses.md"));

        for (ActionOutcome outcome : ActionOutcome.values()) {
            assertThat(page).contains("`" + outcome + "`");
        }
        assertThat(page)
                .contains("`cooldown: " + GateQuestion.spelled(RestartRules.DEFAULT_COOLDOWN) + "`")
                .contains("`maxPerDay: " + RestartRules.DEFAULT_MAX_PER_DAY + "`")
                .contains("`maxUnavailable: " + RestartRules.DEFAULT_MAX_UNAVAILABLE + "`")
                .contains(RestartRules.DEFAULT_RETRY_AFTER.toMinutes() + " minutes")
                .contains(EvictionApiEvictor.TIME_OUT.toSeconds() + " seconds");
    }
}
