package io.heapwarden.evaluation;

import io.heapwarden.evaluation.baseline.Alarms;
import io.heapwarden.evaluation.baseline.Baseline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The engine, and the plain rules beside it, over traces.
 *
 * @param traces each trace's scores, in the order of the index
 */
record Evaluation(List<Judged> traces) {

    /**
     * One trace.
     *
     * @param outcome what the engine said
     * @param alarms what each rule with each setting said; empty where none was asked
     */
    record Judged(Outcome outcome, Map<Baseline, RuleOutcome> alarms) {}

    /** Reads and judges each trace, as many at a time as there are processors; a trace is in memory only while it is judged. */
    static Evaluation of(Corpus corpus, List<Truth> truths, boolean baselines)
            throws IOException, InterruptedException {
        List<Future<Judged>> judged = new ArrayList<>();
        List<Judged> traces = new ArrayList<>();
        try (ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (Truth truth : truths) {
                judged.add(workers.submit(() -> judge(truth, corpus.recording(truth), baselines)));
            }
            for (int i = 0; i < truths.size(); i++) {
                traces.add(result(truths.get(i), judged.get(i)));
            }
        }
        return new Evaluation(List.copyOf(traces));
    }

    private static Judged result(Truth truth, Future<Judged> judged) throws IOException, InterruptedException {
        try {
            return judged.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(
                    truth.trace() + " broke the engine or a rule: " + e.getCause(), e.getCause());
        }
    }

    private static Judged judge(Truth truth, Recording recording, boolean baselines) {
        Map<Baseline, RuleOutcome> alarms = new LinkedHashMap<>();
        if (baselines) {
            Runway runway = new Runway(recording, truth);
            for (List<? extends Baseline> family : Baseline.families()) {
                for (Baseline rule : family) {
                    Alarms said = rule.over(recording);
                    alarms.put(rule, RuleOutcome.of(truth, said, runway));
                }
            }
        }
        return new Judged(Outcome.of(truth, recording), alarms);
    }

    List<Outcome> outcomes() {
        return traces.stream().map(Judged::outcome).toList();
    }

    /** The traces of one part. */
    Evaluation of(Part part) {
        return new Evaluation(
                traces.stream().filter(t -> t.outcome().truth().part() == part).toList());
    }
}
