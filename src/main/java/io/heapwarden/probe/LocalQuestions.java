package io.heapwarden.probe;

import java.time.Clock;
import java.time.Duration;

/** Puts questions to a JVM of this machine, over its attach socket. Linux only. Safe for use by many threads. */
public final class LocalQuestions implements JvmQuestions {

    private final SafeQuestions questions;

    /**
     * @param clock tells how long a JVM that did not answer has been left alone
     * @param limits what a question may cost; the headroom is smaller here, 4 MiB, as no client is started
     */
    public LocalQuestions(Clock clock, ProbeLimits limits) {
        ProbeLimits local = LocalProbe.local(limits);
        this.questions =
                new SafeQuestions(new LocalAccess(local), local, new SafetyBudget(clock, local, PauseLimits.DEFAULTS));
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
