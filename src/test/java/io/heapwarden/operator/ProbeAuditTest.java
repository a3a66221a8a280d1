package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapwarden.probe.CommandRunner;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.StreamRunner;
import io.heapwarden.probe.Target;
import io.heapwarden.telemetry.AuditLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeAuditTest {

    private static final Target TARGET = new Target("shop", "checkout-6c9-0", "uid-1", "app", "containerd://1");
    private static final List<String> COMMAND = List.of("/heapwarden-probe", "counters");

    @TempDir
    Path scratch;

    private Path file;
    private ProbeAudit audit;

    @BeforeEach
    void open() {
        file = scratch.resolve("audit.jsonl");
        audit = new ProbeAudit(new AuditLog("heapwarden-0", file), Clock.systemUTC(), target -> "of-" + target.pod());
    }

    @Test
    void aCommandIsOneLineWithItsNameAndWhatCameOfIt() throws IOException {
        run(new Success<>(new CommandRunner.CommandOutput(new byte[0], false, "")));
        run(new Refusal<>(RefusalReason.ExecForbidden, "no"));

        assertThat(lines()).hasSize(2).allSatisfy(line -> {
            assertThat(line.at("/act").asText()).isEqualTo("Exec");
            assertThat(line.at("/podUid").asText()).isEqualTo("uid-1");
            assertThat(line.at("/policy").asText()).isEqualTo("of-checkout-6c9-0");
            assertThat(line.at("/container").asText()).isEqualTo("app");
            assertThat(line.at("/reason").asText()).isEqualTo("heapwarden-probe counters");
        });
        assertThat(lines()).extracting(line -> line.at("/outcome").asText()).containsExactly("Ran", "ExecForbidden");
    }

    @Test
    void aStreamIsALineWhenItIsOpenedAndOneWhenItIsClosed() throws IOException {
        StreamRunner streams = (target, command, limit) -> new Success<>(new ByteArrayInputStream(new byte[77]));

        ProbeResult<InputStream> opened = audit.audited(streams).open(TARGET, COMMAND, Duration.ofSeconds(1));
        try (InputStream stream = ((Success<InputStream>) opened).value()) {
            assertThat(lines()).hasSize(1);
            assertThat(stream.read()).isZero();
            assertThat(stream.readAllBytes()).hasSize(76);
        }

        assertThat(lines())
                .extracting(line ->
                        line.at("/act").asText() + " " + line.at("/outcome").asText())
                .containsExactly("StreamExec Opened", "StreamExec Closed after 77 bytes");
    }

    @Test
    void aDebugContainerThatWasRefusedIsALineToo() throws IOException {
        audit.added(TARGET, "Refused 403", Duration.ofMillis(42));

        assertThat(lines().getFirst().at("/act").asText()).isEqualTo("EphemeralContainer");
        assertThat(lines().getFirst().at("/outcome").asText()).isEqualTo("Refused 403");
        assertThat(lines().getFirst().at("/durationMs").asLong()).isGreaterThanOrEqualTo(42);
    }

    private void run(ProbeResult<CommandRunner.CommandOutput> answer) {
        CommandRunner runner = new CommandRunner() {
            @Override
            public ProbeResult<CommandOutput> run(Target target, List<String> command, Duration timeout, int cap) {
                return answer;
            }

            @Override
            public String name() {
                return "exec";
            }
        };
        assertThat(audit.audited(runner).run(TARGET, COMMAND, Duration.ofSeconds(1), 10))
                .isSameAs(answer);
    }

    private List<JsonNode> lines() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(json.readTree(line));
        }
        return lines;
    }
}
