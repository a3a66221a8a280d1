package io.heapwarden.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.Signal;
import io.heapwarden.growth.WorkloadKnowledge.Regression;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a revision grows far more than the one before it at the same age. */
class RegressionTest {

    @Test
    void aRevisionThatGrowsFarMoreThanTheOneBeforeItAtTheSameAgeIsARegression() {
        WorkloadMemory memory =
                WorkloadMemory.NONE.remember(new Lives().grew(4, 0).ended(Ending.Stopped));
        LifeSummary life = Lives.newer().aged(Duration.ofHours(5)).grew(120, 1).running();

        Regression regression = memory.knowledgeFor(life, List.of()).regression();

        assertThat(regression).isNotNull();
        assertThat(regression.signal()).isEqualTo(Signal.HeapAfterGC);
        assertThat(regression.revision()).isEqualTo("7d4f");
        assertThat(regression.previous()).isEqualTo("6c9a");
        assertThat(regression.age()).isEqualTo(Duration.ofMinutes(256));
        assertThat(regression.growth()).isBetween(100.0 * Lives.MIB, 105.0 * Lives.MIB);
        assertThat(regression.previousGrowth()).isBetween(3.9 * Lives.MIB, 4.1 * Lives.MIB);
    }

    @Test
    void aPodOfTheRevisionBeforeThatStillRunsIsEnoughToCompare() {
        assertThat(WorkloadMemory.NONE
                        .knowledgeFor(Lives.newer().grew(120, 1).running(), List.of(new Lives().running()))
                        .regression())
                .isNotNull();
    }

    @Test
    void ordinaryDifferencesAreNoRegression() {
        WorkloadMemory memory =
                WorkloadMemory.NONE.remember(new Lives().grew(40, 1).ended(Ending.Stopped));

        assertThat(regression(memory, Lives.newer().grew(75, 1)))
                .as("less than twice")
                .isNull();
        assertThat(regression(memory, Lives.newer().grew(120, 0)))
                .as("higher, but level")
                .isNull();
        assertThat(regression(memory, new Lives().grew(120, 1)))
                .as("the same revision")
                .isNull();
        assertThat(regression(
                        memory,
                        new Lives()
                                .revision("5b8c", Lives.START.minus(Duration.ofDays(3)))
                                .grew(120, 1)))
                .as("rolled back to an older revision")
                .isNull();
        assertThat(regression(memory, Lives.newer().aged(Duration.ofMinutes(16)).grew(120, 1)))
                .as("one age alone")
                .isNull();
        assertThat(regression(
                        WorkloadMemory.NONE.remember(new Lives().grew(1, 1).ended(Ending.Stopped)),
                        Lives.newer().grew(24, 1)))
                .as("under a twentieth of the limit")
                .isNull();
        assertThat(regression(WorkloadMemory.NONE, Lives.newer().grew(120, 1)))
                .as("nothing to compare with")
                .isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"Stopped", "OutOfMemory", "Crashed"})
    void howFastARevisionGrewIsLearntFromEveryLife(Ending ending) {
        WorkloadMemory memory = WorkloadMemory.NONE
                .remember(new Lives().grew(1, 1).ended(Ending.Stopped))
                .remember(new Lives().id("life-2").grew(110, 1).ended(ending));

        assertThat(regression(memory, Lives.newer().grew(120, 1))).isNull();
    }

    private static Regression regression(WorkloadMemory memory, Lives life) {
        return memory.knowledgeFor(life.running(), List.of()).regression();
    }
}
