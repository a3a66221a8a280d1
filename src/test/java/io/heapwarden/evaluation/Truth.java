package io.heapwarden.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.heapwarden.growth.Signal;
import io.heapwarden.growth.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is true of one recorded trace: a line of {@code src/test/corpus/traces/index.jsonl}.
 *
 * @param trace file name, beside the index
 * @param program the program's class name
 * @param kind leak, look-alike or other
 * @param verdicts the verdicts that are right
 * @param culprits the classes of which each is a right name for what leaks; empty where no class leaks
 * @param signal the series that leaks; null where none does
 * @param exhaustedAt when its limit was reached, in the trace's time; null if that was not recorded or never happens
 * @param leakFrom when it began to leak; null for the start of the trace
 * @param jdk version of the JDK
 * @param collector name of the collector
 * @param variant the line of the program's header that tells how this recording was made
 * @param cut whether the recording of a look-alike ends while it still rises
 * @param timeScale by how much the recording's time was stretched
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Truth(
        String trace,
        String program,
        Kind kind,
        List<Verdict> verdicts,
        List<String> culprits,
        @Nullable Signal signal,
        @Nullable Instant exhaustedAt,
        @Nullable Instant leakFrom,
        String jdk,
        String collector,
        String variant,
        boolean cut,
        double timeScale) {

    Truth {
        Objects.requireNonNull(trace, "trace");
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(kind, "kind");
        verdicts = verdicts == null ? List.of() : List.copyOf(verdicts);
        culprits = culprits == null ? List.of() : List.copyOf(culprits);
        jdk = jdk == null ? "" : jdk;
        collector = collector == null ? "" : collector;
        variant = variant == null ? "" : variant;
    }

    /** The trace's name without its ending. */
    String name() {
        return trace.replaceFirst("\\.jsonl(\\.gz)?$", "");
    }

    /** The part of the corpus it belongs to. */
    Part part() {
        return Part.of(program);
    }
}
