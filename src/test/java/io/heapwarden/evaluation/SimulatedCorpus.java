package io.heapwarden.evaluation;

import io.heapwarden.growth.Sample;
import io.heapwarden.growth.SimulatedJvm;
import io.heapwarden.trace.TraceHeader;
import io.heapwarden.trace.TraceHeader.Subject;
import io.heapwarden.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes a small corpus of simulated lives, in the form of the recorded one. */
final class SimulatedCorpus {

    static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int MAX_HEAP_MIB = 128;
    private static final int HISTOGRAM_EVERY = 10;

    private final Path directory;

    SimulatedCorpus(Path directory) {
        this.directory = directory;
    }

    static SimulatedJvm jvm(long seed) {
        return new SimulatedJvm(seed, INTERVAL, MAX_HEAP_MIB);
    }

    /** Adds a leak of com.shop.Order that would fill the heap at a step. */
    SimulatedCorpus leak(String program, SimulatedJvm jvm, int steps, int exhaustedAtStep) throws IOException {
        return add(
                program,
                "leak",
                "RetentionLeak",
                "\"com.shop.Order\"",
                jvm,
                steps,
                "\"" + SimulatedJvm.START.plus(INTERVAL.multipliedBy(exhaustedAtStep)) + "\"");
    }

    /** Adds a life that grows and is bounded. */
    SimulatedCorpus lookAlike(String program, SimulatedJvm jvm, int steps) throws IOException {
        return add(program, "lookalike", "Healthy", "", jvm, steps, null);
    }

    private SimulatedCorpus add(
            String program,
            String kind,
            String verdict,
            String culprit,
            SimulatedJvm jvm,
            int steps,
            @Nullable String exhaustedAt)
            throws IOException {
        String trace = program + "-simulated.jsonl.gz";
        TraceHeader header = new TraceHeader(Subject.UNKNOWN, "25", jvm.life());
        try (TraceWriter writer = TraceWriter.create(directory.resolve(trace), header)) {
            for (int step = 1; step <= steps; step++) {
                Sample sample = jvm.next(step % HISTOGRAM_EVERY == 0);
                writer.write(sample);
            }
        }
        String line =
                """
                {"trace":"%s","program":"%s","kind":"%s","verdicts":["%s"],"culprits":[%s],"signal":"%s","exhaustedAt":%s,"leakFrom":null,\
                "jdk":"25","collector":"G1","variant":"simulated","cut":false,"timeScale":1,"measured":{"samples":%d}}
                """
                        .formatted(
                                trace,
                                program,
                                kind,
                                verdict,
                                culprit,
                                exhaustedAt == null ? "none" : "HeapAfterGC",
                                exhaustedAt,
                                steps);
        Files.writeString(directory.resolve("index.jsonl"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return this;
    }
}
