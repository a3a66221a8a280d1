package io.heapwarden.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.growth.Life;
import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Sample.GcCount;
import io.heapwarden.jvm.ClassHistogram.Entry;
import io.heapwarden.jvm.Collector;
import io.heapwarden.trace.TraceHeader.Subject;
import io.heapwarden.trace.TraceLine.Bad;
import io.heapwarden.trace.TraceLine.Taken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceReaderTest {

    private static final String HEADER =
            """
            {"heapwarden":"trace/v1","subject":{"namespace":"shop","pod":"checkout-6c9-x2k","container":"app","workload":"Deployment/checkout","revision":"7d4f"},\
            "jvm":{"version":"17.0.21","collector":"G1","startedAt":"2026-11-23T08:00:00Z","maxHeapBytes":268435456},\
            "limits":{"containerBytes":536870912,"directBytes":268435457,"metaspaceBytes":3,"threads":4},"interval":"PT1M"}
            """;

    private static final String SAMPLE =
            """
            {"at":"2026-11-23T08:01:00Z","heap":{"usedBytes":1,"afterGcBytes":2,"committedBytes":3},"metaspaceBytes":4,"classes":{"loaded":5,"unloaded":6},\
            "threads":7,"directBytes":8,"rssBytes":9,"anonBytes":10,"workingSetBytes":11,"cpuSeconds":1.5,"gc":{"young":12,"full":13,"seconds":0.1},\
            "histogram":{"live":true,"classes":{"[B":[10,1000],"com.shop.Order":[3,96]}}}
            """;

    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    void readsTheTraceOfTheDesign() throws IOException {
        try (TraceReader reader = reader(HEADER + SAMPLE)) {
            assertThat(reader.header())
                    .isEqualTo(new TraceHeader(
                            new Subject("shop", "checkout-6c9-x2k", "app", "Deployment/checkout", "7d4f"),
                            "17.0.21",
                            new Life(
                                    EIGHT,
                                    Duration.ofMinutes(1),
                                    268435456L,
                                    536870912L,
                                    3L,
                                    268435457L,
                                    4L,
                                    Collector.G1)));
            assertThat(reader.assumptions()).isEmpty();
            Taken taken = (Taken) reader.next();
            assertThat(taken.number()).isEqualTo(2);
            Sample sample = taken.sample();
            assertThat(sample.with(sample.histogram()))
                    .isEqualTo(Sample.at(EIGHT.plusSeconds(60))
                            .heapUsed(1L)
                            .heapAfterGc(2L)
                            .heapCommitted(3L)
                            .metaspace(4L)
                            .classesLoaded(5L)
                            .classesUnloaded(6L)
                            .threads(7L)
                            .direct(8L)
                            .rss(9L)
                            .anon(10L)
                            .workingSet(11L)
                            .cpuSeconds(1.5)
                            .gc(new GcCount(12, 13, 0.1))
                            .histogram(sample.histogram())
                            .build());
            assertThat(sample.histogram().live()).isTrue();
            assertThat(entries(sample))
                    .containsExactly(new Entry("byte[]", 10, 1000), new Entry("com.shop.Order", 3, 96));
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void whatIsNotThereIsNull() throws IOException {
        List<TraceLine> lines =
                lines(HEADER + "{\"at\":\"2026-11-23T08:01:00Z\",\"heap\":null,\"gc\":{},\"new\":{\"a\":[1]}}");

        assertThat(lines)
                .containsExactly(new Taken(2, Sample.at(EIGHT.plusSeconds(60)).build()));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:01:00Z",
        "2026-11-23T08:01:00",
        "2026-11-23T09:01:00+01:00",
        "2026-11-23T08:01:00.000Z",
        "2026-11-23T08:01"
    })
    void readsTimesWithAndWithoutOffset(String at) throws IOException {
        assertThat(lines(HEADER + "{\"threads\":1,\"at\":\"" + at + "\"}"))
                .containsExactly(new Taken(
                        2, Sample.at(EIGHT.plusSeconds(60)).threads(1L).build()));
    }

    @Test
    void classNamesMayBeSpelledAsInJavaAndAsInTheJvm() throws IOException {
        List<TraceLine> lines = lines(
                HEADER
                        + """
                {"at":"2026-11-23T08:01:00Z","histogram":{"classes":{"[Lcom.shop.Order;":[1,1],"com.shop.Order[]":[2,2],"[[J":[1,1],"long[][]":[2,2],\
                "A$$Lambda$17/0x00007f42":[1,1],"A$$Lambda$18/0x00007f43":[1,1],"A$$Lambda":[1,1],"[Ljdk.internal.vm.FillerElement;":[9,9],"Größe":[0,0]}}}""");

        assertThat(entries(((Taken) lines.getFirst()).sample()))
                .containsExactly(
                        new Entry("com.shop.Order[]", 3, 3),
                        new Entry("long[][]", 3, 3),
                        new Entry("A$$Lambda", 3, 3),
                        new Entry("Größe", 0, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"at\":\"yesterday\"} | at is 'yesterday' and must be a time after 1970 as in 2026-11-23T08:01:00Z",
                "{\"at\":17} | at is '17' and must be a text",
                "{\"threads\":17} | has no field 'at'",
                "{\"heapwarden\":\"trace/v1\"} | is a second header; a trace tells one life, and the lines after it are taken for the same one",
                "[1] | is no JSON object",
                "nonsense | is no JSON object: Unrecognized token 'nonsense': was expecting (JSON String, N... (column 9)",
                "{\"at\":\"2026-11-23T08:01:00Z\",\"threads\":-1} | threads is '-1' and must be a number from 0 to 2^60",
                "{\"at\":\"2026-11-23T08:01:00Z\",\"threads\":1e30} | threads is '1e30' and must be a number from 0 to 2^60",
                "{\"at\":\"2026-11-23T08:01:00Z\",\"heap\":{\"usedBytes\":\"1Gi\"}} | heap.usedBytes is '1Gi' and must be a number from 0 to 2^60",
                "{\"at\":\"2026-11-23T08:01:00Z\",\"heap\":5} | heap is '5' and must be an object",
                "{\"at\":\"2026-11-23T08:01:00Z\"} {} | goes on after its JSON object",
                "{\"at\":\"2026-11-23T08:01:00Z\",\"histogram\":{\"classes\":{\"A\":[1]}}} | class A is end array and must be a number from 0 to 2^60",
                "{\"at\":\"2026-11-23T08:01:00Z\",\"histogram\":{\"classes\":{\"A\":[1,2,3]}}} | class A is not an array of instances and bytes, nothing else",
                "{\"at\":\"2026-11-23T08:01:00Z\",\"histogram\":{\"classes\":{\"\":[1,2]}}} | class histogram has a class without a name",
                "{\"at\":\"2026-11-23T08:01:00Z\",\"histogram\":{\"classes\":{\"[Q\":[1,2]}}} | class histogram has a garbled array class: \"[Q\"",
            })
    void aBadLineIsReportedAndTheRestIsRead(String line, String message) throws IOException {
        assertThat(lines(HEADER + line + "\n\n" + SAMPLE))
                .hasSize(2)
                .startsWith(new Bad("test.jsonl", 2, message))
                .last()
                .isInstanceOfSatisfying(
                        Taken.class, taken -> assertThat(taken.number()).isEqualTo(4));
    }

    @Test
    void aLineBeyondAllBoundsIsPassedOver() throws IOException {
        String endless = "x".repeat(LineSource.LONGEST_LINE + 1);

        assertThat(lines(HEADER + endless + "\n" + SAMPLE))
                .hasSize(2)
                .startsWith(new Bad("test.jsonl", 2, "is longer than 16777216 bytes"));
    }

    @Test
    void withoutAHeaderTheIntervalIsTheMedianDistance() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int second : new int[] {0, 10, 20, 31, 39, 50, 300, 310}) {
            text.append("{\"at\":\"").append(EIGHT.plusSeconds(second)).append("\"}\n");
        }
        try (TraceReader reader = reader(text.toString())) {
            assertThat(reader.header().life().interval()).isEqualTo(Duration.ofSeconds(10));
            assertThat(reader.header().life().startedAt()).isEqualTo(EIGHT);
            assertThat(reader.assumptions())
                    .containsExactly(
                            "The trace has no header.",
                            "The sampling interval is not known; the median distance of the first 8 samples is taken, PT10S.",
                            "The start of the JVM is not known; the first sample's time is taken for it.");
            assertThat(rest(reader)).hasSize(8);
        }
    }

    @Test
    void anUnknownVersionIsReadAsFarAsItGoes() throws IOException {
        String header = HEADER.replace("trace/v1", "trace/v2").replace("\"threads\":4", "\"threads\":\"many\"");
        try (TraceReader reader = reader(header + SAMPLE)) {
            assertThat(reader.header().life().maxHeap()).isEqualTo(268435456L);
            assertThat(reader.header().life().maxThreads()).isNull();
            assertThat(reader.header().life().interval()).isEqualTo(TraceReader.USUAL_INTERVAL);
            assertThat(reader.assumptions())
                    .containsExactly(
                            "The header is of version trace/v2; its fields are read as those of trace/v1.",
                            "In the header limits.threads is 'many' and must be a number from 0 to 2^60; it is left out.",
                            "The sampling interval is not known; PT1M is assumed.");
        }
    }

    @Test
    void gzipIsToldByContent() throws IOException {
        assertThat(lines(gzip(HEADER + SAMPLE))).hasSize(1);
    }

    @Test
    void ofCutGzipTheBeginningIsRead() throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 2000; i++) {
            text.append("{\"at\":\"")
                    .append(EIGHT.plusSeconds(i))
                    .append("\",\"threads\":")
                    .append(i * 31 % 77)
                    .append("}\n");
        }
        byte[] packed = gzip(text.toString());

        List<TraceLine> lines = lines(Arrays.copyOf(packed, packed.length / 2));

        assertThat(lines).hasSizeBetween(500, 1500).last().isInstanceOfSatisfying(Bad.class, bad -> {
            assertThat(bad.message()).startsWith("the gzip data ends early");
            assertThat(bad.number()).isBetween((long) lines.size(), lines.size() + 1L);
        });
        assertThat(lines.subList(0, lines.size() - 1)).allMatch(Taken.class::isInstance);
        assertThatThrownBy(() -> lines(Arrays.copyOf(packed, 5)))
                .isInstanceOf(IOException.class)
                .hasMessage("gzip data ends within its header");
    }

    @Test
    void anEmptyTraceHasNoLines() throws IOException {
        try (TraceReader reader = reader("")) {
            assertThat(reader.assumptions()).startsWith("The trace is empty.");
            assertThat(reader.next()).isNull();
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private static TraceReader reader(String text) throws IOException {
        return TraceReader.open("test.jsonl", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<TraceLine> lines(String text) throws IOException {
        return lines(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<TraceLine> lines(byte[] text) throws IOException {
        try (TraceReader reader = TraceReader.open("test.jsonl", new ByteArrayInputStream(text))) {
            return rest(reader);
        }
    }

    private static List<TraceLine> rest(TraceReader reader) throws IOException {
        List<TraceLine> lines = new ArrayList<>();
        for (TraceLine line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        return lines;
    }

    private static List<Entry> entries(Sample sample) {
        List<Entry> entries = new ArrayList<>();
        sample.histogram().classes().forEach(entries::add);
        return entries;
    }
}
