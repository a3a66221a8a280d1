package io.heapwarden.probe.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.jvm.MalformedOutputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics pages, in both formats, good and bad. */
class ExpositionParserTest {

    private static final Set<String> WANTED = Set.of("a_bytes", "b_total", "c");

    private static final String PAGE =
            """
            # HELP a_bytes Of things.
            # TYPE a_bytes gauge
            a_bytes{area="heap",id="G1 \\"Old\\" \\\\ Gen\\n",} 1.5E7 1795644980431
            \ta_bytes { area = "nonheap" , id="ü" }\t-1.0
            # TYPE other histogram
            other_bucket{le="+Inf"} not even a number
            other{broken="
            b_total 17.0 # {trace_id="x"} 0.67 1520879607.789
            c NaN
            """;

    @Test
    void takesWhatIsWanted() throws Exception {
        assertThat(parse(PAGE, false))
                .containsExactly(
                        new MetricSample("a_bytes", Map.of("area", "heap", "id", "G1 \"Old\" \\ Gen\n"), 1.5e7),
                        new MetricSample("a_bytes", Map.of("area", "nonheap", "id", "ü"), -1),
                        new MetricSample("b_total", Map.of(), 17),
                        new MetricSample("c", Map.of(), Double.NaN));
    }

    @Test
    void itDoesNotMatterHowThePageIsCutOnItsWay() throws Exception {
        List<MetricSample> whole = parse(PAGE, false);
        byte[] bytes = PAGE.getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size < bytes.length; size++) {
            List<MetricSample> samples = new ArrayList<>();
            ExpositionParser parser = new ExpositionParser(WANTED, samples::add);
            for (int at = 0; at < bytes.length; at += size) {
                parser.accept(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)));
            }
            parser.end(false);
            assertThat(samples).as("pieces of %d", size).isEqualTo(whole);
        }
    }

    @Test
    void openMetricsEndsWithItsMark() throws Exception {
        assertThat(parse("c 1\n# EOF\n", true)).hasSize(1);
        assertThat(parse("c 1\n# EOF", true)).hasSize(1);
        assertThat(parse("c 1\n# EOF\nc 2\n", false)).hasSize(2);
        assertThatThrownBy(() -> parse("c 1\n", true)).hasMessageContaining("EOF");
        assertThatThrownBy(() -> parse("c 1\n# EO", true)).hasMessageContaining("EOF");
        assertThatThrownBy(() -> parse("c 1\n# EOF\nc 2\n", true)).hasMessageContaining("goes on");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>\n",
                "{\"status\":\"UP\"}\n",
                "404 not found\n",
                "c\n",
                "c 1",
                "c x\n",
                "c 0x1p3\n",
                "c 1d\n",
                "c{ 1\n",
                "c{a} 1\n",
                "c{a=} 1\n",
                "c{a=\"} 1\n",
                "c{a=\"b\" 1\n",
                "c{a=\"b\"c=\"d\"} 1\n",
                "c{1=\"b\"} 1\n",
                "c{a=\"1\",a=\"2\"} 1\n",
                "c{a=\"b\\",
                "c{a=\"b\"}\n",
                "c 1e\n",
                "{\"c\"} 1\n"
            })
    void whatIsNoPageIsRefused(String page) {
        assertThatThrownBy(() -> parse(page, false)).isInstanceOf(MalformedOutputException.class);
    }

    @Test
    void aPageCannotTakeMoreMemoryThanTheBounds() throws Exception {
        String longValue = "x".repeat(ExpositionParser.LONGEST_LINE);
        assertThat(parse("other{a=\"" + longValue + "\"} 1\nc 1\n", false)).hasSize(1);
        assertThatThrownBy(() -> parse("c{a=\"" + longValue + "\"} 1\n", false)).hasMessageContaining("longer");
        assertThatThrownBy(() -> parse(longValue + "y\n", false)).hasMessageContaining("longer");
        assertThatThrownBy(() -> parse("c 1\n".repeat(ExpositionParser.MOST_SAMPLES + 1), false))
                .hasMessageContaining("more than");
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < 65; i++) {
            labels.append("l").append(i).append("=\"v\",");
        }
        assertThatThrownBy(() -> parse("c{" + labels + "} 1\n", false)).hasMessageContaining("cannot be read");
    }

    @Test
    void messagesQuoteNothingThatActs() {
        assertThatThrownBy(() -> parse("<\u001b[2J" + "y".repeat(500) + "\n", false))
                .hasMessageStartingWith("line 1: no line of a metrics page: \"<?[2J")
                .message()
                .hasSizeLessThan(200);
    }

    @Property(tries = 2000)
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
        try {
            ExpositionParser parser = new ExpositionParser(WANTED, sample -> {});
            parser.accept(ByteBuffer.wrap(bytes));
            parser.end(false);
        } catch (MalformedOutputException refused) {
            assertThat(refused).hasMessageStartingWith("line ");
        }
    }

    private static List<MetricSample> parse(String page, boolean openMetrics) throws MalformedOutputException {
        List<MetricSample> samples = new ArrayList<>();
        ExpositionParser parser = new ExpositionParser(WANTED, samples::add);
        parser.accept(ByteBuffer.wrap(page.getBytes(StandardCharsets.UTF_8)));
        parser.end(openMetrics);
        return samples;
    }
}
