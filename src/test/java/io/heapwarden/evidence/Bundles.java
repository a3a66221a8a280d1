package io.heapwarden.evidence;

import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.jvm.ClassNames;
import io.heapwarden.jvm.HistogramParser;
import io.heapwarden.jvm.MalformedOutputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** A bundle as an operator makes it, of answers that real JVMs gave. */
public final class Bundles {

    public static final Instant NOW = Instant.parse("2026-11-26T02:15:00Z");

    public static final Subject SUBJECT = new Subject(
            "shop",
            "orders-7d9f-abcde",
            "0123abcd-0000-4000-8000-000000000000",
            "app",
            "Deployment/orders",
            "7",
            "node-1",
            "registry.example/orders:7");

    public static final Judgement JUDGEMENT = new Judgement(
            "Leaking",
            "RetentionLeak",
            0.93,
            List.of("Heap after collection rose from 60.0 MiB to 410.0 MiB and has not come back."),
            List.of(new Judgement.Culprit("com.shop.Order", "java.util.HashMap", 43_000, 2_700_000, 0.86)),
            new Judgement.Exhaustion("HeapAfterGC", NOW.plus(Duration.ofHours(5)), NOW.plus(Duration.ofHours(9))));

    private static final Path RECORDED = Path.of("src/test/resources/jvm/diagnosed/jdk25");

    private Bundles() {}

    public static BundleBuilder begun() {
        return new BundleBuilder(SUBJECT, "shop/default", NOW, JUDGEMENT);
    }

    /** All but a chain. */
    public static Bundle full() {
        return begun().histograms(NOW.minus(Duration.ofHours(2)), histogram(1000), NOW, histogram(90_000))
                .threads(NOW, recorded("thread_print."))
                .classLoaders(NOW, recorded("classloader_stats"))
                .nativeMemory(NOW, recorded("native_memory"))
                .jvm(NOW, "java_command: shop.jar --db-password hunter2 --port 8080\nuser.dir=/app\n")
                .floor(floor())
                .missing(Part.Chain, "TooLittleRoom", "A recording needs 80 MiB and 20 MiB are free; raise the limit.")
                .build();
    }

    public static Floor floor() {
        return new Floor(
                "Heap after collection",
                IntStream.range(0, 240)
                        .mapToObj(minute ->
                                new Floor.Point(NOW.minus(Duration.ofMinutes(240L - minute)), (60L + minute) << 20))
                        .toList(),
                512L << 20,
                JUDGEMENT.exhaustion());
    }

    public static ClassHistogram histogram(int orders) {
        String rows = String.format(
                Locale.ROOT,
                "   1: %13d %14d  [B (java.base@25)\n   2: %13d %14d  com.shop.Order\n   3: %13d %14d  java.lang.String (java.base@25)\n"
                        + "Total %10d %14d\n",
                200_000,
                90_000_000,
                orders,
                orders * 64,
                1200,
                28_800,
                201_200 + orders,
                90_028_800 + orders * 64);
        String header = " num     #instances         #bytes  class name (module)\n"
                + "-------------------------------------------------------\n";
        try {
            return new HistogramParser(new ClassNames()).parse((header + rows).getBytes(StandardCharsets.US_ASCII));
        } catch (MalformedOutputException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] bytes(Bundle bundle) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            bundle.writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    static String recorded(String name) {
        try (var files = Files.list(RECORDED)) {
            Path file = files.filter(each -> each.getFileName().toString().startsWith(name))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            if (file.toString().endsWith(".gz")) {
                try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                    bytes = in.readAllBytes();
                }
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
