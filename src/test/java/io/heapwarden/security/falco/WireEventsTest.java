package io.heapwarden.security.falco;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Timestamp;
import io.heapwarden.security.falco.Reading.Read;
import io.heapwarden.security.falco.Reading.Rejected;
import io.heapwarden.security.falco.wire.SchemaProto;
import io.heapwarden.security.falco.wire.outputs.OutputsProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WireEventsTest {

    static OutputsProto.response.Builder message() {
        return message(Seeds.TIME);
    }

    static OutputsProto.response.Builder message(Instant at) {
        return OutputsProto.response
                .newBuilder()
                .setTime(Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()))
                .setPriority(SchemaProto.priority.WARNING)
                .setRule("Terminal shell in container")
                .setOutput("A shell was spawned")
                .putOutputFields("container.id", "4f7b2a9d1c3e")
                .putOutputFields("k8s.ns.name", "shop")
                .putOutputFields("k8s.pod.name", "api-7c9f-x2k")
                .putOutputFields("proc.name", "sh")
                .putOutputFields("proc.pname", "<NA>")
                .putOutputFields("evt.num", "17")
                .setHostname("node-1")
                .addTags("T1059")
                .setSource("syscall");
    }

    @Test
    void readsWhatFalcoSends() {
        FalcoEvent event = read(message().build());

        assertThat(event.time()).isEqualTo(Seeds.TIME);
        assertThat(event.priority()).isEqualTo(FalcoPriority.Warning);
        assertThat(event.rule()).isEqualTo("Terminal shell in container");
        assertThat(event.hostname()).isEqualTo("node-1");
        assertThat(event.tags()).containsExactly("T1059");
        assertThat(event.fields()).hasSize(4).containsEntry(FalcoField.Pod, "api-7c9f-x2k");
    }

    @Test
    void readsTheBytesOfAnOldFalcoWithNumbersAsInItsProto() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        byte[] time = Timestamp.newBuilder()
                .setSeconds(Seeds.TIME.getEpochSecond())
                .build()
                .toByteArray();
        out.writeByteArray(1, time);
        out.writeEnum(2, 2);
        out.writeEnum(3, 1);
        out.writeString(4, "a rule");
        out.writeString(5, "an output");
        out.writeBytes(
                6,
                ByteString.copyFrom(new byte[] {10, 9, 'p', 'r', 'o', 'c', '.', 'n', 'a', 'm', 'e', 18, 2, 's', 'h'}));
        out.writeString(7, "a node");
        out.flush();

        FalcoEvent event = read(OutputsProto.response.parseFrom(bytes.toByteArray()));

        assertThat(event.priority()).isEqualTo(FalcoPriority.Critical);
        assertThat(event.source()).isEqualTo("k8s_audit");
        assertThat(event.field(FalcoField.Process)).isEqualTo("sh");
        assertThat(event.hostname()).isEqualTo("a node");
    }

    @Test
    void numbersOfPrioritiesAreFalcos() {
        for (FalcoPriority priority : FalcoPriority.values()) {
            assertThat(read(message().setPriorityValue(priority.ordinal()).build())
                            .priority()
                            .name()
                            .toUpperCase(java.util.Locale.ROOT))
                    .isEqualTo(
                            SchemaProto.priority.forNumber(priority.ordinal()).name());
        }
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(rejected(message().clearRule())).isEqualTo(FalcoRejection.NoRule);
        assertThat(rejected(message().setPriorityValue(8))).isEqualTo(FalcoRejection.UnknownPriority);
        assertThat(rejected(message().setPriorityValue(-1))).isEqualTo(FalcoRejection.UnknownPriority);
        assertThat(rejected(message().clearTime())).isEqualTo(FalcoRejection.TimeUnreadable);
        assertThat(rejected(message()
                        .setTime(Timestamp.newBuilder()
                                .setSeconds(Long.MAX_VALUE)
                                .setNanos(-1))))
                .isEqualTo(FalcoRejection.TimeUnreadable);
        assertThat(rejected(message(Seeds.TIME.minusSeconds(3601)))).isEqualTo(FalcoRejection.TooOld);
        assertThat(rejected(message(Seeds.TIME.plusSeconds(301)))).isEqualTo(FalcoRejection.InFuture);
        assertThat(rejected(message().setOutput("x".repeat(64 << 10)))).isEqualTo(FalcoRejection.TooLarge);
    }

    private static FalcoEvent read(OutputsProto.response message) {
        return ((Read) WireEvents.read(message, Seeds.TIME)).event();
    }

    private static FalcoRejection rejected(OutputsProto.response.Builder message) {
        return ((Rejected) WireEvents.read(message.build(), Seeds.TIME)).reason();
    }
}
