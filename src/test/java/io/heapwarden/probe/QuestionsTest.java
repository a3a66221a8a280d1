package io.heapwarden.probe;

import static io.heapwarden.probe.LiveJvmTest.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.jvm.DiagnosedJvm;
import io.heapwarden.jvm.DiagnosedProgram;
import io.heapwarden.jvm.DirectBuffers;
import io.heapwarden.jvm.NativeMemory;
import io.heapwarden.probe.JvmQuestions.Look;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Asks real JVMs of every JDK on this machine that run a program whose troubles are known, by socket and by script. */
class QuestionsTest {

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final long MAX_HEAP = 64 << 20;

    @TempDir
    Path directory;

    private final JvmQuestions local = new LocalQuestions(Clock.systemUTC(), ProbeLimits.DEFAULTS);
    private final JvmQuestions scripts =
            new ContainerQuestions(new LocalProcessRunner(), Clock.systemUTC(), ProbeLimits.DEFAULTS);

    static Stream<Path> homes() {
        return JavaHomes.all();
    }

    @ParameterizedTest
    @MethodSource("homes")
    void answersAreWhatTheProgramKnows(Path home) throws Exception {
        try (DiagnosedJvm jvm =
                DiagnosedJvm.start(home, directory, "-XX:+UseSerialGC", "-XX:NativeMemoryTracking=summary")) {
            Target target = LocalProbe.target(jvm.pid());
            Look look = success(local.look(target));
            int version = version(look);
            for (JvmQuestions questions : new JvmQuestions[] {local, scripts}) {
                DiagnosedProgram.check(success(questions.ask(target, Question.THREADS, LONG)), version, false);
                DiagnosedProgram.check(
                        success(questions.ask(target, Question.THREADS_WITH_SYNCHRONIZERS, LONG)), version, true);
                DiagnosedProgram.check(success(questions.ask(target, Question.CLASS_LOADERS, LONG)));
                DiagnosedProgram.check(success(questions.ask(target, Question.NATIVE_MEMORY, LONG)), MAX_HEAP);
                DiagnosedProgram.check(success(questions.ask(target, Question.FINALIZERS, LONG)));
                if (version > 8) {
                    DiagnosedProgram.checkStrings(success(questions.ask(target, Question.STRINGS, LONG)));
                    DiagnosedProgram.checkSymbols(success(questions.ask(target, Question.SYMBOLS, LONG)));
                } else {
                    assertThat(questions.ask(target, Question.STRINGS, LONG))
                            .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.reason())
                                    .isEqualTo(FailureReason.ProbeFailed));
                }
            }
            LocalProbe probe = new LocalProbe(Clock.systemUTC(), ProbeLimits.DEFAULTS);
            JvmReading reading = success(probe.counters(target));
            DiagnosedProgram.check(DirectBuffers.of(success(probe.histogram(target, reading, false, LONG))));
        }
    }

    private static int version(Look look) {
        assertThat(look.counters()).isNotNull();
        String version = String.valueOf(look.counters().javaVersion());
        return Integer.parseInt(version.replaceFirst("^1\\.", "").replaceAll("\\D.*", ""));
    }

    @Test
    void aPauseThatIsTooLongIsNotRisked() throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(JavaHomes.any(), directory)) {
            assertThat(local.ask(jvm.target(), Question.THREADS, Duration.ofMillis(5)))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> {
                        assertThat(refusal.reason()).isEqualTo(RefusalReason.PauseTooLong);
                        assertThat(refusal.detail()).contains("Thread.print, with ", "and maxPause is 5 ms");
                    });
            assertThat(success(local.ask(jvm.target(), Question.NATIVE_MEMORY, Duration.ZERO)))
                    .isEqualTo(new NativeMemory.NotTracked());
        }
    }

    @Test
    void aJvmThatMustNotBeAskedIsNot() throws Exception {
        try (LiveProcess jvm = LiveProcess.jvm(JavaHomes.any(), directory, "-Xrs")) {
            for (JvmQuestions questions : new JvmQuestions[] {local, scripts}) {
                assertThat(questions.ask(jvm.target(), Question.FINALIZERS, LONG))
                        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason())
                                .isEqualTo(RefusalReason.AttachDisabled));
            }
            assertThat(jvm.alive()).isTrue();
        }
    }

    @Test
    void aJvmThatDoesNotAnswerIsLeftAlone() throws Exception {
        ProbeLimits impatient = new ProbeLimits(
                LONG, 256 << 10, Duration.ofSeconds(2), Duration.ofSeconds(2), 4 << 20, 32 << 20, LONG, LONG);
        JvmQuestions questions = new LocalQuestions(Clock.systemUTC(), impatient);
        try (LiveProcess jvm = LiveProcess.jvm(JavaHomes.any(), directory)) {
            success(questions.ask(jvm.target(), Question.FINALIZERS, LONG));
            jvm.signal("STOP");

            assertThat(questions.ask(jvm.target(), Question.FINALIZERS, LONG))
                    .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.reason())
                            .isEqualTo(FailureReason.TimedOut));
            assertThat(questions.ask(jvm.target(), Question.FINALIZERS, LONG))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason())
                            .isEqualTo(RefusalReason.BackingOff));
        }
    }

    @Test
    void whatIsNoJvmIsSaid() {
        assertThat(local.look(LocalProbe.target(1L << 30)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.NotRunning));
    }
}
