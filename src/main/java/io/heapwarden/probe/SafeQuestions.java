package io.heapwarden.probe;

import io.heapwarden.jvm.Collector;
import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.SafetyBudget.Pause;
import java.time.Duration;

/** Puts questions to a JVM, under the same {@link SafetyBudget} as class histograms. Safe for use by many threads. */
final class SafeQuestions implements JvmQuestions {

    private final JvmAccess access;
    private final ProbeLimits limits;
    private final SafetyBudget budget;
    private final Duration patience;

    SafeQuestions(JvmAccess access, ProbeLimits limits, SafetyBudget budget) {
        this(access, limits, budget, Duration.ZERO);
    }

    /** @param patience how long a question waits for another probe of the container to end */
    SafeQuestions(JvmAccess access, ProbeLimits limits, SafetyBudget budget, Duration patience) {
        this.access = access;
        this.limits = limits;
        this.budget = budget;
        this.patience = patience;
    }

    @Override
    public ProbeResult<Look> look(Target target) {
        return budget.alone(target, patience, () -> switch (inspect(target)) {
            case Refusal<Inspection> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<Inspection> f -> new Failure<>(f.reason(), f.detail());
            case Success<Inspection>(Inspection jvm) ->
                new Success<>(new Look(
                        jvm.pid(),
                        jvm.process().threads(),
                        jvm.process().rss(),
                        jvm.counters(),
                        jvm.memory().events(),
                        jvm.memory().limit()));
        });
    }

    @Override
    public <T> ProbeResult<T> ask(Target target, Question<T> question, Duration maxPause) {
        return budget.alone(target, patience, () -> switch (inspect(target)) {
            case Refusal<Inspection> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<Inspection> f -> new Failure<>(f.reason(), f.detail());
            case Success<Inspection>(Inspection jvm) -> ask(target, jvm, question, maxPause);
        });
    }

    private ProbeResult<Inspection> inspect(Target target) {
        return budget.look(target, access.roomToLook(), () -> access.inspect(target));
    }

    private <T> ProbeResult<T> ask(Target target, Inspection jvm, Question<T> question, Duration maxPause) {
        Refusal<T> refusal = budget.refusal(target, jvm, limits.headroom());
        return refusal == null
                ? budget.pause(target, jvm, pause(jvm, question, maxPause), () -> send(target, jvm, question))
                : refusal;
    }

    private <T> ProbeResult<T> send(Target target, Inspection jvm, Question<T> question) {
        return switch (access.send(target, jvm, question.diagnosticCommand())) {
            case Refusal<byte[]> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<byte[]> f -> new Failure<>(f.reason(), f.detail());
            case Success<byte[]> answer -> read(question, answer.value());
        };
    }

    private static <T> ProbeResult<T> read(Question<T> question, byte[] answer) {
        try {
            return new Success<>(question.read(answer));
        } catch (MalformedOutputException e) {
            return new Failure<>(FailureReason.Garbled, String.valueOf(e.getMessage()));
        }
    }

    private static Pause pause(Inspection jvm, Question<?> question, Duration allowed) {
        Collector collector =
                jvm.counters() == null ? Collector.Unknown : jvm.counters().collector();
        Duration walk = PausePrediction.of(collector, AttachSafety.heapAtMost(jvm), false);
        return new Pause(
                question.command() + ", with " + jvm.process().threads() + " threads and this heap,",
                question.predictedPause(jvm.process().threads(), walk),
                allowed,
                null);
    }
}
