package io.heapwarden.probe;

import static io.heapwarden.probe.Shells.success;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers as the JVM wrote them, of real JVMs, by socket and by script. */
@Timeout(60)
class TextQuestionsTest {

    private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#all")
    void answersAreTheJvmsOwnText(Path home) throws Exception {
        JvmQuestions local = new LocalQuestions(Clock.systemUTC(), ProbeLimits.DEFAULTS);
        JvmQuestions scripts =
                new ContainerQuestions(new LocalProcessRunner(), Clock.systemUTC(), ProbeLimits.DEFAULTS);
        try (LiveProcess jvm = LiveProcess.jvm(home, directory, "-Dheapwarden.test=\u00e4")) {
            for (JvmQuestions questions : new JvmQuestions[] {local, scripts}) {
                assertThat(ask(questions, jvm, Question.VERSION))
                        .contains("JDK " + JavaHomes.featureVersion(home))
                        .doesNotStartWith(String.valueOf(jvm.pid()));
                assertThat(ask(questions, jvm, Question.COMMAND_LINE)).contains("java_command: Idle");
                assertThat(ask(questions, jvm, Question.FLAGS)).contains("-XX:MaxHeapSize=67108864");
                assertThat(ask(questions, jvm, Question.SYSTEM_PROPERTIES)).contains("heapwarden.test=");
                assertThat(ask(questions, jvm, Question.THREADS.asText())).contains("\"main\" #");
                assertThat(ask(questions, jvm, Question.CLASS_LOADERS.asText())).contains("<boot class loader>");
                assertThat(ask(questions, jvm, Question.NATIVE_MEMORY.asText())).contains("not enabled");
            }
            assertThat(Question.THREADS.asText().predictedPause(100, Duration.ZERO))
                    .isEqualTo(Question.THREADS.predictedPause(100, Duration.ZERO));
        }
    }

    private static String ask(JvmQuestions questions, LiveProcess jvm, Question<String> question) {
        return success(questions.ask(jvm.target(), question, MAX_PAUSE));
    }
}
