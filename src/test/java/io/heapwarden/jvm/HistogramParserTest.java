package io.heapwarden.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.jvm.ClassHistogram.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramParserTest {

    @Test
    void jdk8HasAnEmptyFirstLineAndNoModules() throws Exception {
        String text = "\n" + HistogramText.HEADER_OF_8 + HistogramText.RULE
                + "   1:            20            400  [C\n"
                + "   2:             3             48  Foo$$Lambda$1/250421012\n"
                + "   3:             1             16  Foo$$Lambda$2/804581391\n"
                + "Total            24            464\n";
        assertThat(entries(text)).containsExactly(new Entry("char[]", 20, 400), new Entry("Foo$$Lambda", 4, 64));
    }

    @ParameterizedTest
    @ValueSource(strings = {"22125:\n", "0\n", "\n", "ERROR: Ran out of C-heap; histogram not generated\n"})
    void whatAClientPrintsFirstIsPassedOver(String before) throws Exception {
        assertThat(entries(before + HistogramText.of("Foo", 1, 16))).containsExactly(new Entry("Foo", 1, 16));
    }

    @ParameterizedTest
    @CsvSource({
        "[B, byte[]",
        "[[I, int[][]",
        "[Z, boolean[]",
        "[Ljava.lang.String;, java.lang.String[]",
        "[[[Ljava.lang.String; (java.base@17.0.15), java.lang.String[][][]",
        "java.util.HashMap$Node (java.base@11.0.33-ea), java.util.HashMap$Node",
        "Foo$$Lambda/0x00007f97bc001208, Foo$$Lambda",
        "Foo$$Lambda$17/0x00007f97bc001208 (java.base@17), Foo$$Lambda",
        "Foo$$Lambda$1/250421012, Foo$$Lambda",
        "[[LFoo$$Lambda$1/0x00007f12cc000a08;, Foo$$Lambda[][]",
        "java.lang.invoke.LambdaForm$MH/0x0000000800c00400 (java.base@25.0.3), java.lang.invoke.LambdaForm$MH",
        "Hidden/0x00007f97bc001208, Hidden",
        "jdk.proxy2.$Proxy45 (jdk.proxy2), jdk.proxy2.$Proxy",
        "[Lcom.sun.proxy.$Proxy7;, com.sun.proxy.$Proxy[]",
        "$Proxy3, $Proxy",
        "[L$Proxy3;, $Proxy[]",
        "Script12, Script",
        "jdk.internal.reflect.GeneratedMethodAccessor7, jdk.internal.reflect.GeneratedMethodAccessor",
        "com.shop.MyScript12, com.shop.MyScript12",
        "com.shop.Order2, com.shop.Order2",
        "Foo$1, Foo$1",
        "Odd/path, Odd/path",
        "Foo$a test with spaces$1, Foo$a test with spaces$1",
        "Foo$a (b) c (app//m), Foo$a (b) c",
        "Größe$日本, Größe$日本"
    })
    void namesAreMadeReadableAndStable(String raw, String name) throws Exception {
        assertThat(entries(HistogramText.of(raw, 2, 32))).containsExactly(new Entry(name, 2, 32));
    }

    @Test
    void charactersOutsideTheBasicPlaneArriveAsTwoSurrogates() throws Exception {
        byte[] text = HistogramText.of("Fun??????", 1, 16).getBytes(StandardCharsets.US_ASCII);
        byte[] modifiedUtf8 = {(byte) 0xED, (byte) 0xA0, (byte) 0xBD, (byte) 0xED, (byte) 0xB8, (byte) 0x80};
        System.arraycopy(modifiedUtf8, 0, text, new String(text, StandardCharsets.US_ASCII).indexOf("??????"), 6);
        assertThat(entries(text)).containsExactly(new Entry("Fun\uD83D\uDE00", 1, 16));
    }

    @Test
    void oneNameFromSeveralLoadersIsAddedUpAndPutInOrder() throws Exception {
        HistogramText text =
                new HistogramText().row("[B", 5, 100).row("Order", 2, 60).row("Line", 1, 48);
        assertThat(entries(text.row("Order", 2, 60).toString()))
                .containsExactly(new Entry("Order", 4, 120), new Entry("byte[]", 5, 100), new Entry("Line", 1, 48));
    }

    @Test
    void differentBytesOfOneNameAreOneClass() throws Exception {
        HistogramText text =
                new HistogramText().row("[LFoo$$Lambda/0x0012;", 2, 64).row("[LFoo$$Lambda;", 1, 32);
        assertThat(entries(text.toString())).containsExactly(new Entry("Foo$$Lambda[]", 3, 96));
    }

    @Test
    void fillersAreLeftOutOfClassesAndTotals() throws Exception {
        ClassHistogram histogram = parse(new HistogramText()
                .row("[Ljdk.internal.vm.FillerElement; (java.base@25.0.3)", 24, 1_130_176)
                .row("Foo", 3, 48)
                .row("jdk.internal.vm.FillerObject (java.base@25.0.3)", 1, 16)
                .toString());
        assertThat(histogram.totalInstances()).isEqualTo(3);
        assertThat(histogram.totalBytes()).isEqualTo(48);
        assertThat(histogram.size()).isEqualTo(1);
    }

    @Test
    void indexIsGluedToTheMarginFromRowTenThousandOn() throws Exception {
        HistogramText text = new HistogramText();
        for (int i = 1; i <= 10_001; i++) {
            text.row("com.shop.Generated$A" + i + "Z", 1, 16);
        }
        assertThat(text.toString()).contains("\n10000:             1             16  com.shop.Generated$A10000Z\n");
        assertThat(parse(text.toString()).size()).isEqualTo(10_001);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'   1:             1             16  Foo\n'|no Total line after row 1",
                "'   1:             1             16  Foo\nTotal             2             16\n'|but a Total of 2 and 16",
                "'   1:             1             16  Foo\nTotal             1             15\n'|but a Total of 1 and 15",
                "'   2:             1             16  Foo\nTotal             1             16\n'|start of row 1",
                "'   1:            -1             16  Foo\nTotal            -1             16\n'|has no number",
                "'   1:             1             16 Foo\nTotal             1             16\n'|before the class name of row 1",
                "'   1:             1             16  \nTotal             1             16\n'|no class name in row 1",
                "'   1:             1             16  Foo\nTotal             1             16\nmore\n'|goes on after its Total",
                "'   1:             1             16  Foo\nTotally            1             16\n'|garbled in the numbers",
                "'   1:   9999999999999999999             16  Foo\nTotal 9999999999999999999 16\n'|beyond 18 digits",
                "'   1:             1             16  [Q\nTotal             1             16\n'|garbled array class",
            })
    void aTextThatIsNotWholeIsRefused(String rows, String message) {
        assertThatThrownBy(() -> entries(HistogramText.HEADER + HistogramText.RULE + rows))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aTextIsRefusedWhereverItIsCut() throws Exception {
        byte[] whole = Recording.of("jdk25-g1").classHistogram();
        HistogramParser parser = new HistogramParser(new ClassNames());
        HistogramRows rows = new HistogramRows();
        parser.parse(whole, whole.length, rows);
        for (int length = 0; length < whole.length; length++) {
            int cut = length;
            assertThatThrownBy(() -> parser.parse(whole, cut, rows))
                    .as("cut to %d bytes", cut)
                    .isInstanceOf(MalformedOutputException.class);
        }
    }

    @Test
    void sumsThatOverflowAreRefused() {
        HistogramText text = new HistogramText();
        for (int i = 1; i <= 10; i++) {
            text.row("Foo" + i, 999_999_999_999_999_999L, 1);
        }
        assertThatThrownBy(() -> parse(text.toString())).hasMessageContaining("more than 63 bits at row 10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.sun.tools.attach.AttachNotSupportedException: not\u001b[31m here\n",
                "ERROR: Ran out of C-heap; histogram not generated\n"
            })
    void whatTheJvmSaidInsteadIsQuotedWithoutControlCharacters(String complaint) {
        assertThatThrownBy(() -> entries("4711:\n" + complaint))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessage("output is not a class histogram; it begins with \""
                        + complaint.strip().replace('\u001b', '?') + "\"");
    }

    @Test
    void aHistogramThatTheJvmCallsUndercountedIsRefused() {
        assertThatThrownBy(() -> entries("WARNING: Ran out of C-heap; undercounted 7 total instances in data below\n"
                        + HistogramText.of("Foo", 1, 16)))
                .hasMessageContaining("is incomplete, the JVM says");
    }

    @Test
    void aTableThatIsFullStillReadsRightlyAndStartsOver() throws Exception {
        ClassNames names = new ClassNames(2);
        HistogramParser parser = new HistogramParser(names);
        String text = new HistogramText()
                .row("A", 9, 90)
                .row("B", 8, 80)
                .row("C", 7, 70)
                .row("C", 6, 60)
                .row("[LA;", 5, 50)
                .row("A", 4, 40)
                .toString();
        for (int i = 0; i < 3; i++) {
            assertThat(entries(parser.parse(text.getBytes(StandardCharsets.UTF_8))))
                    .containsExactly(
                            new Entry("A", 13, 130),
                            new Entry("C", 13, 130),
                            new Entry("B", 8, 80),
                            new Entry("A[]", 5, 50));
            assertThat(names.size()).isEqualTo(2);
        }
    }

    @Test
    void namesAreSharedBetweenHistograms() throws Exception {
        HistogramParser parser = new HistogramParser(new ClassNames());
        byte[] text = HistogramText.of("com.shop.Order", 1, 16).getBytes(StandardCharsets.UTF_8);
        assertThat(entries(parser.parse(text)).getFirst().className())
                .isSameAs(entries(parser.parse(text)).getFirst().className());
    }

    private static ClassHistogram parse(String text) throws MalformedOutputException {
        return new HistogramParser(new ClassNames()).parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Entry> entries(String text) throws MalformedOutputException {
        return entries(parse(text));
    }

    private static List<Entry> entries(byte[] text) throws MalformedOutputException {
        return entries(new HistogramParser(new ClassNames()).parse(text));
    }

    private static List<Entry> entries(ClassHistogram histogram) {
        List<Entry> entries = new ArrayList<>();
        histogram.forEach(entries::add);
        return entries;
    }
}
