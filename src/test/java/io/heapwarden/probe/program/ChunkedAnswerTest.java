package io.heapwarden.probe.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.probe.CommandRunner.CommandOutput;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkedAnswerTest {

    private static final int CAP = 1000;
    private static final String HEADER = "{\"heapwarden\":\"answer/v1\",\"pid\":7,\"command\":\"histogram\"}\n";

    private static ProbeResult<byte[]> parse(byte[] answer) {
        return new ChunkedAnswer(7, ProgramCommand.Histogram, 32 << 20, Duration.ofSeconds(20), CAP)
                .parse(new CommandOutput(answer, false, ""));
    }

    private static ProbeResult<byte[]> parse(String answer) {
        return parse(answer.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] framed(byte[] payload, int chunk) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HEADER.getBytes(StandardCharsets.UTF_8));
        for (int at = 0; at < payload.length; at += chunk) {
            int length = Math.min(chunk, payload.length - at);
            out.writeBytes((Integer.toHexString(length) + "\n").getBytes(StandardCharsets.UTF_8));
            out.write(payload, at, length);
            out.write('\n');
        }
        out.writeBytes(
                ("0\n{\"code\":0,\"bytes\":" + payload.length + ",\"truncated\":false,\"protocol\":2,\"millis\":3}\n")
                        .getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static FailureReason reason(ProbeResult<byte[]> result) {
        assertThat(result).isInstanceOf(Failure.class);
        return ((Failure<byte[]>) result).reason();
    }

    @Property
    void keepsWhateverBytesTheJvmWrote(
            @ForAll @Size(max = 900) byte[] payload, @ForAll @IntRange(min = 1, max = 300) int chunk) {
        assertThat(parse(framed(payload, chunk)))
                .isInstanceOfSatisfying(
                        Success.class, success -> assertThat(success.value()).isEqualTo(payload));
    }

    @Property
    void isNeverTakenForWholeWhenItIsCut(
            @ForAll @Size(min = 1, max = 200) byte[] payload, @ForAll @IntRange(min = 1, max = 400) int lost) {
        byte[] whole = framed(payload, 64);
        assertThat(reason(parse(Arrays.copyOf(whole, Math.max(0, whole.length - lost)))))
                .isEqualTo(FailureReason.Truncated);
    }

    @Property(tries = 3000)
    void neverThrowsForAByteThatIsAnother(@ForAll @IntRange(max = 400) int at, @ForAll byte value) {
        byte[] whole = framed("num #instances".repeat(10).getBytes(StandardCharsets.UTF_8), 50);
        whole[at % whole.length] = value;
        assertThat(parse(whole)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "gone, NotRunning",
        "signal, AttachDisabled",
        "user, OtherUser",
        "disabled, AttachDisabled",
        "tmp, TmpNotWritable",
        "openj9, OpenJ9"
    })
    void saysWhyItWasNotAsked(String word, RefusalReason reason) {
        assertThat(parse(HEADER + "0\n{\"refused\":\"" + word + "\",\"millis\":0}\n"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    @Test
    void aRefusalCarriesWhatTheSystemSaid() {
        assertThat(parse(HEADER + "0\n{\"refused\":\"tmp\",\"error\":\"No space left on device\",\"millis\":0}\n"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.detail()).endsWith("(No space left on device)"));
    }

    @Test
    void saysHowMuchMemoryIsMissing() {
        assertThat(parse(HEADER + "0\n{\"refused\":\"headroom\",\"free\":-1048576,\"millis\":0}\n"))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(RefusalReason.NotEnoughHeadroom);
                    assertThat(refusal.detail()).contains("Raise the limit by 34 MiB");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "timed out, TimedOut",
        "ended, Truncated",
        "cut, Truncated",
        "garbled, Garbled",
        "stranger, ProbeFailed",
        "new word, ProbeFailed"
    })
    void saysWhatWentWrong(String word, FailureReason reason) {
        String trailer =
                "{\"failed\":\"" + word + "\",\"stage\":\"answer\",\"bytes\":0,\"truncated\":false,\"millis\":9}\n";
        assertThat(reason(parse(HEADER + "0\n" + trailer))).isEqualTo(reason);
        assertThat(reason(parse(HEADER + "3\nnum\n0\n" + trailer))).isEqualTo(reason);
    }

    @Test
    void anErrorOfTheJvmIsHandedOn() {
        assertThat(parse(HEADER + "6\nno\nway\n0\n{\"code\":-1,\"bytes\":6,\"truncated\":false}\n"))
                .isEqualTo(new Failure<>(FailureReason.ProbeFailed, "the JVM answered with code -1: no way"));
    }

    @Test
    void whatIsLongerThanTheCapIsNotBelieved() {
        assertThat(reason(parse(framed(new byte[CAP + 1], 100)))).isEqualTo(FailureReason.TooLong);
        assertThat(reason(parse(HEADER + "3\nnum\n0\n{\"code\":0,\"bytes\":3,\"truncated\":true}\n")))
                .isEqualTo(FailureReason.TooLong);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "other question|{'heapwarden':'answer/v1','pid':8,'command':'histogram'}~0~{'code':0,'bytes':0,'truncated':false}~",
                "other command|{'heapwarden':'answer/v1','pid':7,'command':'threads'}~0~{'code':0,'bytes':0,'truncated':false}~",
                "other version|{'heapwarden':'answer/v2','pid':7,'command':'histogram'}~0~{'code':0,'bytes':0,'truncated':false}~",
                "wrong count|{'heapwarden':'answer/v1','pid':7,'command':'histogram'}~3~num~0~{'code':0,'bytes':4,'truncated':false}~",
                "bad length|{'heapwarden':'answer/v1','pid':7,'command':'histogram'}~x~num~0~{'code':0,'bytes':3,'truncated':false}~",
                "negative length|{'heapwarden':'answer/v1','pid':7,'command':'histogram'}~-3~num~0~{'code':0,'bytes':3,'truncated':false}~",
                "huge length|{'heapwarden':'answer/v1','pid':7,'command':'histogram'}~ffffffffffffffff~num~0~{'code':0,'bytes':3,'truncated':false}~",
                "short chunk|{'heapwarden':'answer/v1','pid':7,'command':'histogram'}~2~num~0~{'code':0,'bytes':3,'truncated':false}~",
                "goes on|{'heapwarden':'answer/v1','pid':7,'command':'histogram'}~0~{'code':0,'bytes':0,'truncated':false}~more~",
                "no code|{'heapwarden':'answer/v1','pid':7,'command':'histogram'}~0~{'bytes':0,'truncated':false}~"
            })
    void isGarbledWhenItIsNotOfTheForm(String what, String answer) {
        assertThat(reason(parse(answer.replace('\'', '"').replace('~', '\n'))))
                .as(what)
                .isEqualTo(FailureReason.Garbled);
    }
}
