package io.heapwarden.security.falco;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.security.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FalcoEventParserTest {

    private static final String END = "\"rule\":\"r\",\"priority\":\"Error\",\"time\":\"2026-09-21T14:13:20Z\"}";

    @Test
    void readsWhatFalcoSends() {
        FalcoEvent event = Seeds.read("falco-http.json");

        assertThat(event.time()).isEqualTo(Seeds.TIME);
        assertThat(event.priority()).isEqualTo(FalcoPriority.Notice);
        assertThat(event.rule()).isEqualTo("Terminal shell in container");
        assertThat(event.output()).contains("A shell was spawned");
        assertThat(event.source()).isEqualTo("syscall");
        assertThat(event.hostname()).isEqualTo("node-1");
        assertThat(event.tags()).contains("T1059", "mitre_execution");
        assertThat(event.field(FalcoField.ContainerId)).isEqualTo("4f7b2a9d1c3e");
        assertThat(event.field(FalcoField.ContainerName)).isEqualTo("api");
        assertThat(event.field(FalcoField.Namespace)).isEqualTo("shop");
        assertThat(event.field(FalcoField.Pod)).isEqualTo("api-7c9f-x2k");
        assertThat(event.field(FalcoField.Process)).isEqualTo("sh");
        assertThat(event.field(FalcoField.Parent)).isEqualTo("runc");
        assertThat(event.field(FalcoField.CommandLine)).isEqualTo("sh");
        assertThat(event.field(FalcoField.User)).isEqualTo("root");
        assertThat(event.field(FalcoField.UserId)).isEqualTo("0");
    }

    @Test
    void readsWhatFalcosidekickPassesOn() {
        FalcoEvent event = Seeds.read("falcosidekick.json");

        assertThat(event.time()).isEqualTo(Instant.parse("2026-09-21T14:13:20.5Z"));
        assertThat(event.field(FalcoField.UserId)).isEqualTo("1000");
        assertThat(event.field(FalcoField.Pod)).isEqualTo("api-7c9f-x2k");
    }

    @Test
    void whatFalcoDoesNotKnowIsAbsent() {
        FalcoEvent event = Seeds.read("falco-late-metadata.json");

        assertThat(event.fields().keySet())
                .containsExactlyInAnyOrder(
                        FalcoField.ContainerId, FalcoField.Process, FalcoField.CommandLine, FalcoField.UserId);
    }

    @Test
    void theNodeItselfIsNoContainer() {
        assertThat(read("{\"output_fields\":{\"container.id\":\"host\"},").fields())
                .isEmpty();
    }

    @Test
    void readsEventsThatHaveLittle() {
        FalcoEvent event = Seeds.read("least.json");

        assertThat(event.output()).isEmpty();
        assertThat(event.tags()).isEmpty();
        assertThat(event.fields()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Emergency,Critical",
        "ALERT,Critical",
        "critical,Critical",
        "Error,High",
        "Warning,Medium",
        "Notice,Low",
        "Informational,Low",
        "INFO,Low",
        "Debug,Low"
    })
    void prioritiesHaveASeverity(String priority, Severity severity) {
        assertThat(FalcoPriority.named(priority))
                .extracting(FalcoPriority::severity)
                .isEqualTo(severity);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "[{}]",
                "7",
                "\"text\"",
                "{",
                "{\"rule\":",
                "{\"rule\" \"r\"}",
                "{} {}",
                "{}x",
                "{'rule':'r'}",
                "14:13:20.000000000: Notice A shell was spawned",
                "{\"rule\":\"a\\q\"}",
                "{\"time\":[1,",
                "{\"x\":NaN}"
            })
    void whatIsNotOneObjectIsNotJson(String body) {
        assertThat(Seeds.rejected(body)).isEqualTo(FalcoRejection.NotJson);
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(Seeds.rejected("{}")).isEqualTo(FalcoRejection.NoRule);
        assertThat(Seeds.rejected("{\"rule\":\" \"}")).isEqualTo(FalcoRejection.NoRule);
        assertThat(Seeds.rejected("{\"rule\":[\"r\"]}")).isEqualTo(FalcoRejection.NoRule);
        assertThat(Seeds.rejected("{\"rule\":\"r\"}")).isEqualTo(FalcoRejection.UnknownPriority);
        assertThat(Seeds.rejected("{\"rule\":\"r\",\"priority\":4}")).isEqualTo(FalcoRejection.UnknownPriority);
        assertThat(Seeds.rejected("{\"rule\":\"r\",\"priority\":\"Severe\"}"))
                .isEqualTo(FalcoRejection.UnknownPriority);
        assertThat(Seeds.rejected("{\"rule\":\"r\",\"priority\":\"Error\"}")).isEqualTo(FalcoRejection.TimeUnreadable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "1790000000",
                "2026-09-21T14:13:20",
                "2026-13-21T14:13:20Z",
                "+1000000001-01-01T00:00:00Z"
            })
    void aTimeHasItsZone(String time) {
        assertThat(Seeds.rejected("{\"rule\":\"r\",\"priority\":\"Error\",\"time\":\"" + time + "\"}"))
                .isEqualTo(FalcoRejection.TimeUnreadable);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-21T14:18:21Z,InFuture",
        "+999999999-12-31T23:59:59Z,InFuture",
        "2026-09-21T13:13:19Z,TooOld",
        "-999999999-01-01T00:00:00Z,TooOld"
    })
    void newsIsNeitherOldNorYetToCome(String time, FalcoRejection reason) {
        assertThat(Seeds.rejected("{\"rule\":\"r\",\"priority\":\"Error\",\"time\":\"" + time + "\"}"))
                .isEqualTo(reason);
    }

    @Test
    void clocksMayDifferALittle() {
        Seeds.read(Seeds.bytes("least.json"), Seeds.TIME.minus(FalcoEventParser.CLOCK_SKEW));
        Seeds.read(Seeds.bytes("least.json"), Seeds.TIME.plus(FalcoEventParser.OLDEST));
        assertThat(FalcoEventParser.OLDEST).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void sizeAndDepthAreBounded() {
        String fill = " ".repeat(FalcoEventParser.MOST_BYTES);
        assertThat(Seeds.rejected(fill + "{" + END)).isEqualTo(FalcoRejection.TooLarge);

        String deepest = "[".repeat(15) + "]".repeat(15);
        assertThat(read("{\"x\":" + deepest + ",").rule()).isEqualTo("r");
        String deep = "[".repeat(16) + "]".repeat(16);
        for (String name : new String[] {"x", "rule", "tags", "output_fields"}) {
            assertThat(Seeds.rejected("{\"" + name + "\":" + deep + "," + END)).isEqualTo(FalcoRejection.TooDeep);
        }
        assertThat(Seeds.rejected("{\"output_fields\":{\"proc.name\":" + deep + "}," + END))
                .isEqualTo(FalcoRejection.TooDeep);
        assertThat(Seeds.rejected("{\"x\":" + "[".repeat(60_000))).isEqualTo(FalcoRejection.TooDeep);
    }

    @Test
    void fieldsOfAnotherTypeAreReadOrAbsent() {
        FalcoEvent event = read(
                "{\"output_fields\":{\"proc.name\":true,\"user.uid\":12.5,\"user.name\":{\"a\":1},\"proc.pname\":[\"x\"],"
                        + "\"container.id\":1e400,\"k8s.ns.name\":\"a\",\"k8s.ns.name\":null},\"tags\":[1,null,\"T1059\",{\"a\":[]}],\"output\":7,");

        assertThat(event.field(FalcoField.Process)).isEqualTo("true");
        assertThat(event.field(FalcoField.UserId)).isEqualTo("12.5");
        assertThat(event.field(FalcoField.User)).isNull();
        assertThat(event.field(FalcoField.Parent)).isNull();
        assertThat(event.field(FalcoField.Namespace)).isNull();
        assertThat(event.tags()).containsExactly("T1059");
        assertThat(event.output()).isEmpty();
    }

    @Test
    void textsAreCutAndOfOneLine() {
        FalcoEvent event = read("{\"output\":\"" + "x".repeat(40_000)
                + "\",\"output_fields\":{\"proc.cmdline\":\"sh\\u0000-c\\n\\u202e\\ud800 \\u001b[31m\","
                + "\"k8s.pod.name\":\"" + "p".repeat(254) + "\"},");

        assertThat(event.output()).hasSize(FalcoEvent.MOST_OUTPUT);
        assertThat(event.field(FalcoField.CommandLine)).isEqualTo("sh -c  \uFFFD  [31m");
        assertThat(event.field(FalcoField.Pod))
                .as("cut, it would be another pod")
                .isNull();
    }

    @Test
    void bytesThatAreNoTextAreReplaced() {
        byte[] body = "{\"output\":\"a?b\",%s".formatted(END).getBytes(StandardCharsets.ISO_8859_1);
        body[new String(body, StandardCharsets.ISO_8859_1).indexOf('?')] = (byte) 0xff;

        assertThat(Seeds.read(body, Seeds.TIME).output()).isEqualTo("a\uFFFDb");
    }

    private static FalcoEvent read(String beginning) {
        return Seeds.read((beginning + END).getBytes(StandardCharsets.UTF_8), Seeds.TIME);
    }
}
