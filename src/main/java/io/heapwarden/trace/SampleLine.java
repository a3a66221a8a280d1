package io.heapwarden.trace;

import com.fasterxml.jackson.core.JsonFactory;
import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Sample.GcCount;
import io.heapwarden.growth.Sample.HeapHistogram;
import io.heapwarden.jvm.ClassNames;
import io.heapwarden.jvm.HistogramBuilder;
import io.heapwarden.jvm.MalformedOutputException;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the lines that are samples. */
final class SampleLine {

    private final JsonFactory factory;
    private final HistogramBuilder histogram = new HistogramBuilder(new ClassNames());

    SampleLine(JsonFactory factory) {
        this.factory = factory;
    }

    /** When it was taken; null when the line does not say, as a header does not. */
    @Nullable
    Instant at(byte[] line, int length) throws IOException {
        return FieldReader.timeIn(factory, line, length, "at");
    }

    /** @param at what {@link #at} found in the line */
    Sample read(byte[] line, int length, Instant at) throws IOException {
        Sample.Builder sample = Sample.at(at);
        FieldReader.readLine(factory, line, length, (name, value) -> {
            switch (name) {
                case "heap" -> value.object(name, (field, size) -> heap(sample, field, size));
                case "metaspaceBytes" -> sample.metaspace(value.count(name));
                case "classes" -> value.object(name, (field, count) -> classes(sample, field, count));
                case "threads" -> sample.threads(value.count(name));
                case "directBytes" -> sample.direct(value.count(name));
                case "rssBytes" -> sample.rss(value.count(name));
                case "anonBytes" -> sample.anon(value.count(name));
                case "workingSetBytes" -> sample.workingSet(value.count(name));
                case "cpuSeconds" -> sample.cpuSeconds(value.seconds(name));
                case "gc" -> sample.gc(gc(value));
                case "histogram" -> sample.histogram(histogram(value));
                default -> value.skip();
            }
        });
        return sample.build();
    }

    private static void heap(Sample.Builder sample, String field, FieldReader size) throws IOException {
        switch (field) {
            case "usedBytes" -> sample.heapUsed(size.count("heap.usedBytes"));
            case "afterGcBytes" -> sample.heapAfterGc(size.count("heap.afterGcBytes"));
            case "committedBytes" -> sample.heapCommitted(size.count("heap.committedBytes"));
            default -> size.skip();
        }
    }

    private static void classes(Sample.Builder sample, String field, FieldReader count) throws IOException {
        switch (field) {
            case "loaded" -> sample.classesLoaded(count.count("classes.loaded"));
            case "unloaded" -> sample.classesUnloaded(count.count("classes.unloaded"));
            default -> count.skip();
        }
    }

    private static @Nullable GcCount gc(FieldReader value) throws IOException {
        @Nullable Long[] counts = new @Nullable Long[2];
        @Nullable Double[] seconds = new @Nullable Double[1];
        value.object("gc", (field, count) -> {
            switch (field) {
                case "young" -> counts[0] = count.count("gc.young");
                case "full" -> counts[1] = count.count("gc.full");
                case "seconds" -> seconds[0] = count.seconds("gc.seconds");
                default -> count.skip();
            }
        });
        Long young = counts[0];
        Long full = counts[1];
        Double time = seconds[0];
        return young == null && full == null
                ? null
                : new GcCount(young == null ? 0 : young, full == null ? 0 : full, time == null ? 0 : time);
    }

    private @Nullable HeapHistogram histogram(FieldReader value) throws IOException {
        boolean[] live = new boolean[1];
        boolean[] given = new boolean[1];
        histogram.clear();
        value.object("histogram", (field, part) -> {
            switch (field) {
                case "live" -> live[0] = Boolean.TRUE.equals(part.flag("histogram.live"));
                case "classes" -> {
                    given[0] = !part.absent();
                    part.object("histogram.classes", this::add);
                }
                default -> part.skip();
            }
        });
        return given[0] ? new HeapHistogram(live[0], histogram.build()) : null;
    }

    private void add(String className, FieldReader numbers) throws IOException {
        long[] pair = numbers.pair("class " + className);
        try {
            histogram.add(className, pair[0], pair[1]);
        } catch (MalformedOutputException e) {
            throw new BadFieldException(String.valueOf(e.getMessage()));
        }
    }
}
