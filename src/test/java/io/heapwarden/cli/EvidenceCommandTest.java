package io.heapwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapwarden.evidence.Bundle;
import io.heapwarden.evidence.Bundles;
import io.heapwarden.evidence.Part;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command prints of a bundle, and what it says of what it cannot read. */
class EvidenceCommandTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = Files.write(directory.resolve("a.evidence.zip"), Bundles.bytes(Bundles.full()));
    }

    private int run(Object... arguments) {
        EvidenceCommand command = new EvidenceCommand();
        command.raw = raw;
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
    }

    @Test
    void aPersonSeesWhatLeakedAndWhatIsMissing() {
        assertThat(run(file)).isZero();

        assertThat(out.toString())
                .startsWith("shop/orders-7d9f-abcde, container app: Leaking, RetentionLeak (confidence 93 %)")
                .contains("of       Deployment/orders, revision 7")
                .contains("HeapAfterGC reaches it between 2026-11-26 07:15:00 UTC and 2026-11-26 11:15:00 UTC")
                .contains("com.shop.Order, held by java.util.HashMap: 43,000 instances and 2.6 MiB more an hour")
                .containsPattern("90,000 +\\+89,000 +5\\.5 MiB +\\+5\\.4 MiB +com\\.shop\\.Order")
                .containsPattern("50 +Blocked +pool-N-thread-N")
                .contains("Class loaders: ", "Native memory: ")
                .containsPattern("chain\\.txt +TooLittleRoom: A recording needs 80 MiB")
                .containsPattern("threads\\.txt +\\d+\\.\\d KiB");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void nothingFromThePodMovesTheCursor() throws Exception {
        String escape = "\u001b[2J\u202e";
        Bundle bundle =
                Bundles.begun().chain(Bundles.NOW, "held by " + escape + "x").build();
        Files.write(file, Bundles.bytes(bundle));

        assertThat(run(file)).isZero();
        assertThat(out.toString()).contains("held by ?[2J?x").doesNotContain("\u001b", "\u202e");
    }

    @Test
    void aPartIsWrittenAsItIs() {
        assertThat(run(file, "--part", "threads.txt")).isZero();

        assertThat(raw.toByteArray()).isEqualTo(Bundles.full().part(Part.Threads));
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aPartThatIsNotThereIsExplained() {
        assertThat(run(file, "--part", "chain.txt")).isEqualTo(1);
        assertThat(err.toString()).contains("chain.txt could not be had (TooLittleRoom): A recording needs 80 MiB");

        assertThat(run(file, "--part", "heap.hprof")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no part heap.hprof; there are verdict.md, floor.svg");
    }

    @Test
    void jsonHasTheManifestAndWhatGrew() throws Exception {
        assertThat(run(file, "--json")).isZero();

        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.at("/manifest/schema").asInt()).isEqualTo(1);
        assertThat(json.at("/manifest/subject/pod").asText()).isEqualTo("orders-7d9f-abcde");
        assertThat(json.at("/manifest/judgement/exhaustion/earliest").asText()).isEqualTo("2026-11-26T07:15:00Z");
        assertThat(json.at("/classes/0/class").asText()).isEqualTo("com.shop.Order");
        assertThat(json.at("/damage").size()).isZero();
    }

    @Test
    void whatIsDamagedIsSaidAndTheRestIsShown() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertThat(run(file)).isEqualTo(1);
        assertThat(out.toString())
                .contains("Leaking, RetentionLeak")
                .contains("Damaged", "ends early", "threads.txt is announced but not in the file");
    }

    @Test
    void whatIsNoBundleIsSaid() throws Exception {
        Path text = Files.writeString(directory.resolve("notes.txt"), "hello", StandardCharsets.UTF_8);
        assertThat(run(text)).isEqualTo(2);
        assertThat(err.toString()).contains("notes.txt: it is no evidence bundle");

        assertThat(run(directory.resolve("gone"))).isEqualTo(2);
        assertThat(err.toString()).contains("gone: there is no such file");

        assertThat(run(directory)).isEqualTo(2);
        assertThat(err.toString()).contains("is a directory");
    }
}
