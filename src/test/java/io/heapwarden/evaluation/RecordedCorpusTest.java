package io.heapwarden.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * No change of the engine may make it worse on the recorded traces, both parts together. The floors lie just below what is reached; whoever makes the
 * engine better raises them. {@code make evaluate ARGS=--verbose} says which trace it is.
 */
class RecordedCorpusTest {

    private static final double PRECISION = 0.88;
    private static final double RECALL = 0.92;
    private static final double VERDICT = 0.98;
    private static final double CLASS_FIRST = 0.93;
    private static final double CLASS_AMONG_THREE = 0.99;
    private static final double COVERAGE = 0.95;

    @SuppressWarnings("NullAway.Init")
    private static Scores scores;

    @BeforeAll
    static void replay() throws Exception {
        Corpus corpus = Corpus.read(Corpus.TRACES);
        scores = Scores.of(Evaluation.of(corpus, corpus.truths(), false).outcomes());
    }

    @Test
    void looksAtBothParts() {
        assertThat(scores.outcomes().stream().map(o -> o.truth().part()).distinct())
                .containsExactlyInAnyOrder(Part.values());
    }

    @Test
    void tellsLeaksFromLookAlikes() {
        assertThat(scores.precision().value())
                .as("precision %s", scores.precision())
                .isGreaterThanOrEqualTo(PRECISION);
        assertThat(scores.recall().value()).as("recall %s", scores.recall()).isGreaterThanOrEqualTo(RECALL);
        assertThat(scores.verdict().value()).as("verdict %s", scores.verdict()).isGreaterThanOrEqualTo(VERDICT);
    }

    @Test
    void namesTheClass() {
        assertThat(scores.classAtEnd(1).value())
                .as("first %s", scores.classAtEnd(1))
                .isGreaterThanOrEqualTo(CLASS_FIRST);
        assertThat(scores.classAtEnd(3).value())
                .as("among three %s", scores.classAtEnd(3))
                .isGreaterThanOrEqualTo(CLASS_AMONG_THREE);
    }

    @Test
    void printsIntervalsThatHold() {
        assertThat(scores.coverage().value())
                .as("coverage %s", scores.coverage())
                .isGreaterThanOrEqualTo(COVERAGE);
    }
}
