package io.heapwarden.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.FixedHistogram;
import io.heapwarden.growth.Life;
import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Sample.GcCount;
import io.heapwarden.growth.Sample.HeapHistogram;
import io.heapwarden.jvm.ClassHistogram.Entry;
import io.heapwarden.jvm.Collector;
import io.heapwarden.trace.TraceHeader.Subject;
import io.heapwarden.trace.TraceLine.Taken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceWriterTest {

    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00.123456Z");

    private static final TraceHeader HEADER = new TraceHeader(
            new Subject("shop", "checkout-6c9-x2k", "app", "Deployment/checkout", "7d4f"),
            "17.0.21",
            new Life(EIGHT, Duration.ofMillis(500), 1L << 28, 1L << 29, 5L, 6L, 7L, Collector.ZGC));

    private static final TraceHeader BARE = new TraceHeader(
            Subject.UNKNOWN, null, new Life(EIGHT, Duration.ofHours(1), null, null, null, null, null, null));

    @TempDir
    Path folder;

    @Test
    void writesTheFormatOfTheDesign() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TraceWriter writer = new TraceWriter(out, HEADER)) {
            writer.write(full(EIGHT));
        }

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        {"heapwarden":"trace/v1","subject":{"namespace":"shop","pod":"checkout-6c9-x2k","container":"app","workload":"Deployment/checkout","revision":"7d4f"},\
                        "jvm":{"version":"17.0.21","collector":"ZGC","startedAt":"2026-11-23T08:00:00.123456Z","maxHeapBytes":268435456},\
                        "limits":{"containerBytes":536870912,"metaspaceBytes":5,"directBytes":6,"threads":7},"interval":"PT0.5S"}
                        {"at":"2026-11-23T08:00:00.123456Z","heap":{"usedBytes":1,"afterGcBytes":2,"committedBytes":3},"metaspaceBytes":4,"classes":{"loaded":5,"unloaded":6},\
                        "threads":7,"directBytes":8,"rssBytes":9,"anonBytes":10,"workingSetBytes":11,"cpuSeconds":1.5,"gc":{"young":12,"full":13,"seconds":0.1},\
                        "histogram":{"live":true,"classes":{"byte[]":[10,1000],"com.shop.Order[]":[3,96]}}}
                        """);
    }

    @Test
    void isReadBackAsItWas() throws IOException {
        for (String name : List.of("plain.jsonl", "packed.jsonl.gz")) {
            for (TraceHeader header : List.of(HEADER, BARE)) {
                Path file = folder.resolve(name);
                try (TraceWriter writer = TraceWriter.create(file, header)) {
                    writer.write(full(EIGHT));
                    writer.write(Sample.at(EIGHT.plusSeconds(1)).build());
                }
                try (TraceReader reader = TraceReader.open(file)) {
                    assertThat(reader.header().life().startedAt()).isEqualTo(EIGHT);
                    assertThat(reader.header().life().interval())
                            .isEqualTo(header.life().interval());
                    assertThat(reader.header().subject()).isEqualTo(header.subject());
                    assertThat(reader.header()).isEqualTo(header);
                    assertThat(reader.assumptions()).isEmpty();
                    Sample first = ((Taken) reader.next()).sample();
                    assertThat(entries(first)).isEqualTo(entries(full(EIGHT)));
                    assertThat(withoutHistogram(first)).isEqualTo(withoutHistogram(full(EIGHT)));
                    assertThat(((Taken) reader.next()).sample())
                            .isEqualTo(Sample.at(EIGHT.plusSeconds(1)).build());
                    assertThat(reader.next()).isNull();
                }
            }
        }
    }

    /** A recording that is killed is never closed. */
    @Test
    void eachLineCanBeReadAtOnce() throws IOException {
        Path file = folder.resolve("running.jsonl.gz");
        try (TraceWriter writer = TraceWriter.create(file, BARE)) {
            for (int i = 1; i <= 3; i++) {
                writer.write(Sample.at(EIGHT.plusSeconds(i)).threads((long) i).build());

                try (TraceReader reader =
                        TraceReader.open("running", new ByteArrayInputStream(Files.readAllBytes(file)))) {
                    for (int j = 1; j <= i; j++) {
                        assertThat(((Taken) reader.next()).sample().threads()).isEqualTo(j);
                    }
                }
            }
        }
        try (GZIPInputStream whole = new GZIPInputStream(Files.newInputStream(file))) {
            assertThat(new String(whole.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .hasSize(4);
        }
    }

    private static Sample full(Instant at) {
        return Sample.at(at)
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
                .histogram(new HeapHistogram(
                        true,
                        new FixedHistogram(
                                List.of(new Entry("byte[]", 10, 1000), new Entry("com.shop.Order[]", 3, 96)))))
                .build();
    }

    private static String withoutHistogram(Sample sample) {
        return sample.with(new HeapHistogram(true, new FixedHistogram(List.of())))
                .toString();
    }

    private static List<Entry> entries(Sample sample) {
        List<Entry> entries = new ArrayList<>();
        sample.histogram().classes().forEach(entries::add);
        return entries;
    }
}
