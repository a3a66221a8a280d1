package io.heapwarden.bench;

import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.response.ActionOutcome;
import io.heapwarden.response.GateDecision;
import io.heapwarden.response.GateDecision.Allowed;
import io.heapwarden.response.PastAction;
import io.heapwarden.response.PodIdentity;
import io.heapwarden.response.RestartCause;
import io.heapwarden.response.RestartGate;
import io.heapwarden.response.RestartHistory;
import io.heapwarden.response.RestartHistory.Entry;
import io.heapwarden.response.RestartProposal;
import io.heapwarden.response.RestartRules;
import io.heapwarden.response.RestartWay;
import io.heapwarden.response.RestartWindow;
import io.heapwarden.response.WorkloadView;
import io.heapwarden.response.WorkloadView.BudgetView;
import io.heapwarden.response.WorkloadView.PodView;
import io.heapwarden.response.WorkloadView.Update;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * One decision of the gate that goes through every check: a workload of 50 pods with 20 remembered acts, a window, and as many acts of other
 * workloads as the installation remembers.
 */
@org.openjdk.jmh.annotations.State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(value = 2, jvmArgs = "-Xmx256m")
public class GateBenchmark {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final PodIdentity POD = new PodIdentity("shop", "checkout-6c9-x2k", "uid-0");
    private static final int PODS = 50;
    private static final int OWN_ACTS = 20;

    @Param({"20", "1000"})
    private int actsElsewhere;

    private final RestartGate gate = new RestartGate();
    private final RestartProposal proposal = new RestartProposal(
            POD, new RestartCause.Growth(Verdict.RetentionLeak, State.Critical, 0.9), RestartWay.Evict, false);
    private RestartRules rules = rules();
    private WorkloadView workload = workload();
    private RestartHistory history = RestartHistory.EMPTY;

    /** Remembers what was done, and makes sure that every check is passed. */
    @Setup
    public void remember() {
        rules = rules();
        workload = workload();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < OWN_ACTS; i++) {
            entries.add(entry("shop", "Deployment/checkout", Duration.ofHours(25L + 6L * i)));
        }
        for (int i = 0; i < actsElsewhere; i++) {
            entries.add(entry("team" + i % 40, "Deployment/service" + i, Duration.ofMinutes(4L + i)));
        }
        history = new RestartHistory(entries);
        if (!(decide() instanceof Allowed)) {
            throw new IllegalStateException("the gate refuses, so not every check is asked: " + decide());
        }
    }

    /** Asks the gate. */
    @Benchmark
    public GateDecision decide() {
        return gate.decide(proposal, workload, rules, history, NOW);
    }

    private static RestartRules rules() {
        return new RestartRules(
                true,
                RestartRules.DEFAULT_MIN_CONFIDENCE,
                RestartRules.DEFAULT_COOLDOWN,
                RestartRules.DEFAULT_LEAST_RELIEF,
                RestartRules.DEFAULT_MAX_PER_DAY,
                RestartRules.DEFAULT_MAX_UNAVAILABLE,
                List.of(new RestartWindow(
                        EnumSet.allOf(DayOfWeek.class),
                        LocalTime.of(9, 0),
                        LocalTime.of(18, 0),
                        ZoneId.of("Europe/Berlin"))),
                RestartRules.DEFAULT_RETRY_AFTER,
                RestartRules.DEFAULT_BETWEEN_ANY);
    }

    private static WorkloadView workload() {
        List<PodView> pods = new ArrayList<>();
        for (int i = 0; i < PODS; i++) {
            pods.add(new PodView("uid-" + i, NOW.minus(Duration.ofDays(2)), true, false, "6c9", false));
        }
        return new WorkloadView(
                "Deployment/checkout",
                "ReplicaSet",
                PODS,
                new Update(null, false, true, true, "6c9"),
                pods,
                List.of(new BudgetView("checkout", 1, PODS, PODS - 1)));
    }

    private static Entry entry(String namespace, String name, Duration ago) {
        return new Entry(
                namespace, new PastAction(NOW.minus(ago), name, "uid-of-" + ago, ActionOutcome.Evicted, false));
    }

    /** Runs it and prints microseconds. */
    public static void main(String[] arguments) throws RunnerException {
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include(GateBenchmark.class.getSimpleName())
                        .build())
                .run()) {
            System.out.printf(
                    Locale.ROOT,
                    "a decision, %s acts elsewhere   %.2f us%n",
                    result.getParams().getParam("actsElsewhere"),
                    result.getPrimaryResult().getScore() / 1000);
        }
    }
}
