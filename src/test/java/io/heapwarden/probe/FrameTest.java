package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.probe.CommandRunner.CommandOutput;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final String BOUNDARY = "heapwarden-0123456789abcdef";

    @Property
    void keepsWhateverBytesASectionHolds(@ForAll @Size(max = 500) byte[] content) {
        Frame frame = success(framed(content));

        assertThat(frame.bytes("first")).isEqualTo(content);
        assertThat(frame.text("second")).isEqualTo("b 2\nc 3");
    }

    @Property
    void isNeverTakenForWholeWhenItIsCut(
            @ForAll @Size(max = 50) byte[] content, @ForAll @IntRange(max = 200) int lost) {
        byte[] whole = framed(content);
        byte[] cut = Arrays.copyOf(whole, Math.max(0, whole.length - 1 - lost));

        assertThat(parse(cut)).isInstanceOf(Failure.class);
    }

    @Property
    void isNeverTakenForWholeWhenSomethingIsWrittenAroundIt(@ForAll @Size(min = 1, max = 50) byte[] foreign) {
        assertThat(parse(joined(foreign, framed(new byte[0])))).isInstanceOf(Failure.class);
        assertThat(parse(joined(framed(new byte[0]), foreign))).isInstanceOf(Failure.class);
    }

    @Test
    void readsPairsAndEmptySections() {
        Frame frame = success(framed(new byte[0]));

        assertThat(frame.pairs("second")).isEqualTo(Map.of("b", "2", "c", "3"));
        assertThat(frame.bytes("first")).isEmpty();
        assertThat(frame.has("third")).isFalse();
        assertThat(frame.text("third")).isEmpty();
    }

    @Test
    void takesAHeaderWithNothingBehindItForAnEmptySection() {
        String output = "\n" + BOUNDARY + " first\n" + BOUNDARY + " end 1\n";

        assertThat(success(output.getBytes(StandardCharsets.US_ASCII)).bytes("first"))
                .isEmpty();
    }

    @Test
    void refusesTheSameSectionTwiceAndAWrongCount() {
        String twice = "\n" + BOUNDARY + " a\n\n" + BOUNDARY + " a\n\n" + BOUNDARY + " end 2\n";
        String count = "\n" + BOUNDARY + " a\n\n" + BOUNDARY + " end 2\n";

        assertThat(parse(twice.getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(new Failure<>(FailureReason.Garbled, "the answer has two sections a"));
        assertThat(parse(count.getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(new Failure<>(FailureReason.Garbled, "the answer's last line does not fit the rest"));
    }

    @Test
    void refusesAnotherCallersAnswer() {
        assertThat(Frame.parse(new CommandOutput(framed(new byte[0]), false, ""), "heapwarden-other"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo(FailureReason.Garbled));
    }

    @Test
    void saysWhatTheErrorOutputSaid() {
        assertThat(Frame.parse(new CommandOutput(new byte[0], false, "sh: 1: \u0007cannot fork\n"), BOUNDARY))
                .isEqualTo(new Failure<>(FailureReason.Truncated, "the answer is empty: sh: 1: cannot fork"));
    }

    private static byte[] framed(byte[] content) {
        byte[] head = ("\n" + BOUNDARY + " first\n").getBytes(StandardCharsets.US_ASCII);
        byte[] tail =
                ("\n" + BOUNDARY + " second\nb 2\nc 3\n" + BOUNDARY + " end 2\n").getBytes(StandardCharsets.US_ASCII);
        return joined(joined(head, content), tail);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }

    private static ProbeResult<Frame> parse(byte[] output) {
        return Frame.parse(new CommandOutput(output, false, ""), BOUNDARY);
    }

    private static Frame success(byte[] output) {
        ProbeResult<Frame> result = parse(output);
        assertThat(result).isInstanceOf(Success.class);
        return ((Success<Frame>) result).value();
    }
}
