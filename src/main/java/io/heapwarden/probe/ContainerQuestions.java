package io.heapwarden.probe;

import java.time.Clock;
import java.time.Duration;

/** Puts questions to the JVM of a container, with commands that run inside the container; each costs two. Safe for use by many threads. */
public final class ContainerQuestions implements JvmQuestions {

    private final SafeQuestions questions;

    /**
     * @param runner the way into the container
     * @param clock tells how long a JVM that did not answer has been left alone
     * @param limits what a question may cost
     */
    public ContainerQuestions(CommandRunner runner, Clock clock, ProbeLimits limits) {
        this.questions = new SafeQuestions(
                ContainerProbe.access(runner, limits), limits, new SafetyBudget(clock, limits, PauseLimits.DEFAULTS));
    }

    @Override
    public ProbeResult<Look> look(Target target) {
        return questions.look(target);
    }

    @Override
    public <T> ProbeResult<T> ask(Target target, Question<T> question, Duration maxPause) {
        return questions.ask(target, question, maxPause);
    }
}
