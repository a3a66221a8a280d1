package io.heapwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What replay and explain print of a trace of the corpus, and what they say of what they cannot read. */
class OfflineCommandsTest {

    private static final String LEAK = "src/test/corpus/traces/UnboundedMap-plain.jsonl.gz";
    private static final String CALM = "src/test/corpus/traces/SteadyService-plain.jsonl.gz";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void replayPrintsOneObjectALineWithAllItsFields() throws Exception {
        assertThat(run("replay", "--format", "json", LEAK, CALM)).isZero();

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode leak = new ObjectMapper().readTree(lines.get(0));
        List<String> fields = new ArrayList<>();
        leak.fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .contains(
                        "trace",
                        "state",
                        "verdict",
                        "confidence",
                        "culprits",
                        "suspectAt",
                        "leakingAt",
                        "exhaustion",
                        "reasons",
                        "history");
        assertThat(leak.get("trace").asText()).isEqualTo(LEAK);
        assertThat(leak.get("verdict").asText()).isEqualTo("RetentionLeak");
        assertThat(leak.at("/culprits/0/class").asText()).isEqualTo("corpus.unboundedmap.Order");
        assertThat(leak.at("/culprits/0/heldBy").asText()).isEqualTo("java.util.HashMap");
        assertThat(leak.at("/exhaustion/earliest").asText()).startsWith("PT");
        JsonNode calm = new ObjectMapper().readTree(lines.get(1));
        assertThat(calm.get("state").asText()).isEqualTo("Healthy");
        assertThat(calm.get("leakingAt").isNull()).isTrue();
        assertThat(calm.get("exhaustion").isNull()).isTrue();
    }

    @Test
    void aBadLineIsNamedAndTheRestIsJudged(@TempDir Path directory) throws Exception {
        Path trace = directory.resolve("bad.jsonl");
        Files.writeString(
                trace,
                """
                {"heapwarden":"trace/v1","interval":"PT1S","jvm":{"startedAt":"2026-11-23T08:00:00Z"}}
                {"at":"2026-11-23T08:00:01Z","threads":3}
                {"at":"yesterday"}
                {"at":"2026-11-23T08:00:02Z","threads":3}
                """);

        assertThat(run("replay", trace.toString())).isZero();

        assertThat(err.toString()).contains(trace + ":3");
        assertThat(out.toString()).contains("2 samples");
    }

    @Test
    void aFileThatIsNotThereIsSaidAndTheOthersAreJudged() {
        assertThat(run("replay", "nowhere.jsonl", CALM)).isEqualTo(2);

        assertThat(err.toString()).contains("nowhere.jsonl: there is no such file");
        assertThat(out.toString()).contains("Healthy");
    }

    @Test
    void explainShowsEachTestWithItsFigureAndItsBarAndAPlot() {
        assertThat(run("explain", LEAK)).isZero();

        assertThat(out.toString())
                .contains("RetentionLeak", "HeapAfterGC", "lows that rise", "exponent of the growth", "needs 0.65")
                .contains("share of the headroom, evidence ")
                .contains("#", "....", "> now");
    }

    @Test
    void explainTellsWhatWasKnownEarlier() {
        assertThat(run("explain", "--at", "20", LEAK)).isZero();

        assertThat(out.toString()).contains("Healthy").contains("after 20 samples");
    }

    private int run(String... arguments) {
        return new CommandLine(HeapwardenCommand.class, new OfflineFactory())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** The operator needs its beans; the other commands need nothing. */
    private static final class OfflineFactory implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            return CommandLine.defaultFactory().create(type);
        }
    }
}
