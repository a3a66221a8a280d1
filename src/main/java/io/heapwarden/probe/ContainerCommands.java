package io.heapwarden.probe;

import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.SafetyBudget.Pause;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Sends the JVM of a container commands that take words, and asks it questions, with a client that runs in the container. Each is preceded by a look, and passes the checks of a class
 * histogram: it costs two commands. Safe for use by many threads.
 */
public final class ContainerCommands {

    /** How long one command waits for another probe of the container to end: a sample takes a tenth of a second, a histogram seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final JvmAccess access;
    private final Diagnostics diagnostics;
    private final JvmQuestions questions;
    private final ProbeLimits limits;
    private final SafetyBudget budget;

    /**
     * @param runner the way into the container
     * @param limits what a probe may cost
     * @param budget what all probes together may cost: the one that the samples of the same containers pass
     */
    public ContainerCommands(CommandRunner runner, ProbeLimits limits, SafetyBudget budget) {
        this.access = ContainerProbe.access(runner, limits);
        this.diagnostics = new Diagnostics(runner, limits);
        this.questions = new SafeQuestions(access, limits, budget, PATIENCE);
        this.limits = limits;
        this.budget = budget;
    }

    /** The same with a budget of its own, for one command or a test. */
    public static ContainerCommands alone(CommandRunner runner, Clock clock, ProbeLimits limits) {
        return new ContainerCommands(runner, limits, new SafetyBudget(clock, limits, PauseLimits.DEFAULTS));
    }

    /** What a command does to the application. */
    public sealed interface Cost {

        /** No pause worth a name. */
        record NoPause() implements Cost {}

        /**
         * A pause that is made only if it is short enough and affordable.
         *
         * @param predicted the longest it may take
         * @param allowed the longest it is allowed to
         */
        record Affordable(Duration predicted, Duration allowed) implements Cost {}

        /**
         * A pause that a forecast has allowed already: refused only where the moment is bad, and charged all the same.
         *
         * @param predicted the longest it may take; zero where it has been charged before
         */
        record Decided(Duration predicted) implements Cost {}
    }

    /** Looks at a JVM that is going to be sent a command; refused where it may not be sent one. */
    public ProbeResult<Inspection> look(Target target) {
        return budget.alone(target, PATIENCE, () -> fit(target));
    }

    /**
     * Sends a command.
     *
     * @param limit for the client in the container; that it passes ends nothing in the JVM
     * @return the answer as the JVM wrote it
     */
    public ProbeResult<String> send(Target target, WordedCommand command, Cost cost, Duration limit) {
        return budget.alone(target, PATIENCE, () -> switch (fit(target)) {
            case Refusal<Inspection> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<Inspection> f -> new Failure<>(f.reason(), f.detail());
            case Success<Inspection>(Inspection jvm) -> send(target, jvm, command, cost, limit);
        });
    }

    /**
     * Asks a question as {@link JvmQuestions} does, and waits for another probe of the container to end first.
     *
     * @param maxPause the longest pause that may be predicted
     */
    public <T> ProbeResult<T> ask(Target target, Question<T> question, Duration maxPause) {
        return questions.ask(target, question, maxPause);
    }

    private ProbeResult<String> send(Target target, Inspection jvm, WordedCommand command, Cost cost, Duration limit) {
        Supplier<ProbeResult<String>> question = () -> text(diagnostics.send(target, jvm, command, limit));
        return switch (cost) {
            case Cost.NoPause none -> budget.ask(target, question);
            case Cost.Affordable(Duration predicted, Duration allowed) ->
                budget.pause(target, jvm, new Pause(command.inWords(), predicted, allowed, null), question);
            case Cost.Decided(Duration predicted) ->
                budget.decidedPause(target, jvm, new Pause(command.inWords(), predicted, predicted, null), question);
        };
    }

    private ProbeResult<Inspection> fit(Target target) {
        ProbeResult<Inspection> found = budget.look(target, access.roomToLook(), () -> access.inspect(target));
        if (found instanceof Success<Inspection>(Inspection jvm)) {
            Refusal<Inspection> refusal = budget.refusal(target, jvm, limits.headroom());
            return refusal == null ? found : refusal;
        }
        return found;
    }

    private static ProbeResult<String> text(ProbeResult<byte[]> answer) {
        return switch (answer) {
            case Refusal<byte[]> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<byte[]> f -> new Failure<>(f.reason(), f.detail());
            case Success<byte[]>(byte[] bytes) -> new Success<>(Question.text(bytes));
        };
    }
}
