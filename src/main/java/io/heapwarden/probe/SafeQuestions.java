package io.heapwarden.probe;

import io.heapwarden.jvm.Collector;
import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts questions to a JVM, after the same checks as {@link SafeProbe} makes before a histogram. Safe for use by many threads. */
final class SafeQuestions implements JvmQuestions {

    private final JvmAccess access;
    private final ProbeLimits limits;
    private final BackOff backOff;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    SafeQuestions(JvmAccess access, Clock clock, ProbeLimits limits) {
        this.access = access;
        this.limits = limits;
        this.backOff = new BackOff(clock, limits.firstBackOff(), limits.longestBackOff());
    }

    @Override
    public ProbeResult<Look> look(Target target) {
        return alone(target, () -> switch (access.inspect(target)) {
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
        return alone(target, () -> switch (access.inspect(target)) {
            case Refusal<Inspection> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<Inspection> f -> new Failure<>(f.reason(), f.detail());
            case Success<Inspection>(Inspection jvm) -> ask(target, jvm, question, maxPause);
        });
    }

    private <T> ProbeResult<T> ask(Target target, Inspection jvm, Question<T> question, Duration maxPause) {
        Refusal<T> refusal = AttachSafety.refusal(jvm, limits.headroom());
        if (refusal == null) {
            refusal = backingOff(target);
        }
        if (refusal == null) {
            refusal = pauseTooLong(jvm, question, maxPause);
        }
        if (refusal != null) {
            return refusal;
        }
        ProbeResult<T> result =
                switch (access.send(target, jvm, question.diagnosticCommand())) {
                    case Refusal<byte[]> r -> new Refusal<>(r.reason(), r.detail());
                    case Failure<byte[]> f -> new Failure<>(f.reason(), f.detail());
                    case Success<byte[]> answer -> read(question, answer.value());
                };
        // A JVM that did not answer may still be at it. One that answered what cannot be read, or that it does not know
        // the command, is well.
        if (result instanceof Failure<T>(FailureReason reason, String detail) && reason == FailureReason.TimedOut) {
            backOff.failed(target.containerId());
        } else if (!(result instanceof Refusal<T>)) {
            backOff.succeeded(target.containerId());
        }
        return result;
    }

    private static <T> ProbeResult<T> read(Question<T> question, byte[] answer) {
        try {
            return new Success<>(question.read(answer));
        } catch (MalformedOutputException e) {
            return new Failure<>(FailureReason.Garbled, String.valueOf(e.getMessage()));
        }
    }

    private static <T> @Nullable Refusal<T> pauseTooLong(Inspection jvm, Question<T> question, Duration allowed) {
        Collector collector =
                jvm.counters() == null ? Collector.Unknown : jvm.counters().collector();
        Duration walk = PausePrediction.of(collector, AttachSafety.heapAtMost(jvm), false);
        Duration predicted = question.predictedPause(jvm.process().threads(), walk);
        return predicted.compareTo(allowed) <= 0
                ? null
                : new Refusal<>(
                        RefusalReason.PauseTooLong,
                        "%s, with %d threads and this heap, could stop the application for %d ms (%s), and %d ms are allowed. Allow more"
                                .formatted(
                                        question.command(),
                                        jvm.process().threads(),
                                        predicted.toMillis(),
                                        collector,
                                        allowed.toMillis()));
    }

    private <T> @Nullable Refusal<T> backingOff(Target target) {
        Duration remaining = backOff.remaining(target.containerId());
        return remaining == null
                ? null
                : new Refusal<>(
                        RefusalReason.BackingOff,
                        "the JVM did not answer and is left alone for " + (remaining.toSeconds() + 1) + " s more");
    }

    private <T> ProbeResult<T> alone(Target target, Supplier<ProbeResult<T>> call) {
        if (!busy.add(target.containerId())) {
            return new Refusal<>(RefusalReason.BackingOff, "another question to this JVM is still under way");
        }
        try {
            return call.get();
        } finally {
            busy.remove(target.containerId());
        }
    }
}
