package io.heapwarden.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.heapwarden.growth.Life;
import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Sample.GcCount;
import io.heapwarden.growth.Sample.HeapHistogram;
import io.heapwarden.jvm.Collector;
import io.heapwarden.trace.TraceHeader.Subject;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a trace, line by line. Each line is on disk, or with the reader of a pipe, when the call returns, so that a recording that is killed can
 * be read up to there. What is not known is left out.
 */
public final class TraceWriter implements Closeable {

    private static final int BUFFER = 1 << 13;

    private final JsonGenerator json;

    /** Begins a trace on a stream, which is closed with the writer. */
    public TraceWriter(OutputStream out, TraceHeader header) throws IOException {
        json = TraceJson.factory().createGenerator(out).setPrettyPrinter(new MinimalPrettyPrinter(""));
        write(header);
    }

    /** Begins a trace in a file that is made or overwritten; it is gzipped when its name ends with .gz. */
    public static TraceWriter create(Path file, TraceHeader header) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        try {
            boolean gzip = file.toString().endsWith(".gz");
            return new TraceWriter(gzip ? new GZIPOutputStream(out, BUFFER, true) : out, header);
        } catch (IOException | RuntimeException e) {
            out.close();
            throw e;
        }
    }

    private void write(TraceHeader header) throws IOException {
        Subject subject = header.subject();
        Life life = header.life();
        Collector collector = life.collector();
        json.writeStartObject();
        json.writeStringField("heapwarden", TraceHeader.VERSION);
        json.writeObjectFieldStart("subject");
        text("namespace", subject.namespace());
        text("pod", subject.pod());
        text("container", subject.container());
        text("workload", subject.workload());
        text("revision", subject.revision());
        json.writeEndObject();
        json.writeObjectFieldStart("jvm");
        text("version", header.javaVersion());
        text("collector", collector == null ? null : collector.name());
        text("startedAt", life.startedAt().toString());
        number("maxHeapBytes", life.maxHeap());
        json.writeEndObject();
        json.writeObjectFieldStart("limits");
        number("containerBytes", life.containerLimit());
        number("metaspaceBytes", life.maxMetaspace());
        number("directBytes", life.maxDirect());
        number("threads", life.maxThreads());
        json.writeEndObject();
        json.writeStringField("interval", life.interval().toString());
        endLine();
    }

    /** Adds a sample. */
    public void write(Sample sample) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", sample.at().toString());
        if (sample.heapUsed() != null || sample.heapAfterGc() != null || sample.heapCommitted() != null) {
            json.writeObjectFieldStart("heap");
            number("usedBytes", sample.heapUsed());
            number("afterGcBytes", sample.heapAfterGc());
            number("committedBytes", sample.heapCommitted());
            json.writeEndObject();
        }
        number("metaspaceBytes", sample.metaspace());
        if (sample.classesLoaded() != null || sample.classesUnloaded() != null) {
            json.writeObjectFieldStart("classes");
            number("loaded", sample.classesLoaded());
            number("unloaded", sample.classesUnloaded());
            json.writeEndObject();
        }
        number("threads", sample.threads());
        number("directBytes", sample.direct());
        number("rssBytes", sample.rss());
        number("anonBytes", sample.anon());
        number("workingSetBytes", sample.workingSet());
        Double cpu = sample.cpuSeconds();
        if (cpu != null) {
            json.writeNumberField("cpuSeconds", cpu);
        }
        GcCount gc = sample.gc();
        if (gc != null) {
            json.writeObjectFieldStart("gc");
            json.writeNumberField("young", gc.young());
            json.writeNumberField("full", gc.full());
            json.writeNumberField("seconds", gc.seconds());
            json.writeEndObject();
        }
        HeapHistogram histogram = sample.histogram();
        if (histogram != null) {
            write(histogram);
        }
        endLine();
    }

    private void write(HeapHistogram histogram) throws IOException {
        json.writeObjectFieldStart("histogram");
        json.writeBooleanField("live", histogram.live());
        json.writeObjectFieldStart("classes");
        try {
            histogram.classes().forEach(entry -> {
                try {
                    json.writeFieldName(entry.className());
                    json.writeArray(new long[] {entry.instances(), entry.bytes()}, 0, 2);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void endLine() throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private void text(String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private void number(String name, @Nullable Long value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
