package io.heapwarden.trace;

import com.fasterxml.jackson.core.JsonFactory;
import io.heapwarden.growth.Life;
import io.heapwarden.jvm.Collector;
import io.heapwarden.trace.TraceHeader.Subject;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a trace's first line says, with what it leaves out. */
final class HeaderLine {

    private final List<String> problems = new ArrayList<>();
    private @Nullable String version;
    private @Nullable String namespace;
    private @Nullable String pod;
    private @Nullable String container;
    private @Nullable String workload;
    private @Nullable String revision;
    private @Nullable String javaVersion;
    private @Nullable Collector collector;
    private @Nullable Instant startedAt;
    private @Nullable Duration interval;
    private @Nullable Long maxHeap;
    private @Nullable Long containerLimit;
    private @Nullable Long maxMetaspace;
    private @Nullable Long maxDirect;
    private @Nullable Long maxThreads;

    /** A header that says nothing. */
    static HeaderLine empty() {
        return new HeaderLine();
    }

    static HeaderLine read(JsonFactory factory, byte[] line, int length) throws IOException {
        HeaderLine header = new HeaderLine();
        FieldReader.readLine(factory, line, length, header.tolerant(header::field));
        return header;
    }

    /** One wrong field costs that field only: the limits beside it are needed all the more. */
    private FieldReader.Field tolerant(FieldReader.Field field) {
        return (name, value) -> {
            try {
                field.read(name, value);
            } catch (BadFieldException e) {
                problems.add(String.valueOf(e.getMessage()));
                value.skip();
            }
        };
    }

    private void field(String name, FieldReader value) throws IOException {
        switch (name) {
            case "heapwarden" -> version = value.text(name);
            case "subject" -> value.object(name, tolerant(this::subject));
            case "jvm" -> value.object(name, tolerant(this::jvm));
            case "limits" -> value.object(name, tolerant(this::limit));
            case "interval" -> interval = duration(value);
            default -> value.skip();
        }
    }

    private void subject(String name, FieldReader value) throws IOException {
        switch (name) {
            case "namespace" -> namespace = value.text("subject.namespace");
            case "pod" -> pod = value.text("subject.pod");
            case "container" -> container = value.text("subject.container");
            case "workload" -> workload = value.text("subject.workload");
            case "revision" -> revision = value.text("subject.revision");
            default -> value.skip();
        }
    }

    private void jvm(String name, FieldReader value) throws IOException {
        switch (name) {
            case "version" -> javaVersion = value.text("jvm.version");
            case "collector" -> {
                String said = value.text("jvm.collector");
                collector = said == null ? null : Collector.named(said);
            }
            case "startedAt" -> startedAt = value.time("jvm.startedAt");
            case "maxHeapBytes" -> maxHeap = limitOf("jvm.maxHeapBytes", value);
            default -> value.skip();
        }
    }

    private void limit(String name, FieldReader value) throws IOException {
        switch (name) {
            case "containerBytes" -> containerLimit = limitOf("limits.containerBytes", value);
            case "metaspaceBytes" -> maxMetaspace = limitOf("limits.metaspaceBytes", value);
            case "directBytes" -> maxDirect = limitOf("limits.directBytes", value);
            case "threads" -> maxThreads = limitOf("limits.threads", value);
            default -> value.skip();
        }
    }

    /** A limit of nothing is what a source writes that means "no limit". */
    private static @Nullable Long limitOf(String name, FieldReader value) throws IOException {
        Long limit = value.count(name);
        return limit == null || limit == 0 ? null : limit;
    }

    /** What is wrong with fields that were left out. */
    List<String> problems() {
        return problems;
    }

    @Nullable
    String version() {
        return version;
    }

    @Nullable
    Instant startedAt() {
        return startedAt;
    }

    @Nullable
    Duration interval() {
        return interval;
    }

    TraceHeader complete(Instant start, Duration samplingInterval) {
        return new TraceHeader(
                new Subject(namespace, pod, container, workload, revision),
                javaVersion,
                new Life(
                        start,
                        samplingInterval,
                        maxHeap,
                        containerLimit,
                        maxMetaspace,
                        maxDirect,
                        maxThreads,
                        collector));
    }

    private static @Nullable Duration duration(FieldReader value) throws IOException {
        String text = value.text("interval");
        if (text == null) {
            return null;
        }
        try {
            Duration interval = Duration.parse(text);
            if (interval.toMillis() > 0) {
                return interval;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Told below, together with intervals that are none.
        }
        throw value.wrong("interval", "a duration of at least 1 ms as in PT1M");
    }
}
