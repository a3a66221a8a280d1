package io.heapwarden.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.growth.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way from traces to the page, on simulated lives. */
class EvaluationTest {

    @TempDir
    Path directory;

    private Corpus corpus() throws IOException {
        new SimulatedCorpus(directory)
                .leak("Steady", SimulatedCorpus.jvm(1).live(step -> 10 + 0.3 * step), 300, 380)
                .leak("HardlyAny", SimulatedCorpus.jvm(2).live(step -> 10 + 0.01 * step), 300, 11_000)
                .lookAlike("Level", SimulatedCorpus.jvm(3), 300)
                .lookAlike("Batch", SimulatedCorpus.jvm(4).live(step -> 10 + step % 20), 300);
        return Corpus.read(directory);
    }

    @Test
    void tellsFoundFromMissed() throws Exception {
        Corpus corpus = corpus();

        Evaluation evaluation = Evaluation.of(corpus, corpus.truths(), false);

        Scores scores = Scores.of(evaluation.outcomes());
        assertThat(scores.recall()).isEqualTo(new Proportion(1, 2));
        assertThat(scores.precision()).isEqualTo(new Proportion(1, 1));
        Outcome steady = outcome(evaluation, "Steady");
        assertThat(steady.end().verdict()).isEqualTo(Verdict.RetentionLeak);
        assertThat(steady.end().names(List.of("com.shop.Order"), 1)).isTrue();
        assertThat(outcome(evaluation, "HardlyAny").faults()).containsExactly("MISSED");
        assertThat(outcome(evaluation, "Level").faults()).isEmpty();
    }

    @Test
    void writesTheSamePageFromTheSameTracesAndNamesWhatIsMissed() throws Exception {
        Corpus corpus = corpus();

        String page = new EvaluationPage(Evaluation.of(corpus, corpus.truths(), true)).text();

        assertThat(page).isEqualTo(new EvaluationPage(Evaluation.of(corpus, corpus.truths(), true)).text());
        Part reported = Part.of("HardlyAny");
        assertThat(reported).isEqualTo(Part.Report);
        assertThat(page).contains("**HardlyAny-simulated** (leak): missed");
    }

    @Test
    void putsWhatIsWrongFirst() throws Exception {
        Corpus corpus = corpus();
        List<String> lines = new ArrayList<>();

        new OutcomeLines(Evaluation.of(corpus, corpus.truths(), false).outcomes()).forEach(lines::add);

        assertThat(lines.get(1)).startsWith("XX").contains("HardlyAny").contains("MISSED");
        assertThat(lines.get(2)).contains("right is [RetentionLeak], class com.shop.Order");
    }

    @Test
    void saysWhichLineOfTheIndexIsBad() throws Exception {
        Files.writeString(directory.resolve("index.jsonl"), "\n{\"trace\":\"a.jsonl\"}\n");

        assertThatThrownBy(() -> Corpus.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("index.jsonl:2: ");
    }

    private static Outcome outcome(Evaluation evaluation, String program) {
        return evaluation.outcomes().stream()
                .filter(o -> o.truth().program().equals(program))
                .findFirst()
                .orElseThrow();
    }
}
