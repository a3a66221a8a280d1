package io.heapwarden.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.heapwarden.growth.Signal;
import io.heapwarden.growth.State;
import io.heapwarden.growth.WorkloadKnowledge;
import io.heapwarden.growth.WorkloadKnowledge.Siblings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadMemoryTest {

    private static final Duration HOURS = Duration.ofHours(3);

    @Test
    void aFloorHeldForLongInALifeThatEndedWellIsAHealthyPlateau() {
        assertThat(plateausAfter(new Lives().highest(200).ended(Ending.Stopped)))
                .containsExactly(Map.entry(Signal.HeapAfterGC, Math.rint(200 * Lives.MIB / 1e6) * 1e6));
    }

    @Test
    void aLifeThatSaysNothingOfHealthRaisesNoPlateau() {
        assertThat(plateausAfter(new Lives().ended(Ending.OutOfMemory)))
                .as("killed")
                .isEmpty();
        assertThat(plateausAfter(new Lives().ended(Ending.Crashed)))
                .as("crashed")
                .isEmpty();
        assertThat(plateausAfter(new Lives().state(State.Suspect).ended(Ending.Stopped)))
                .as("suspect")
                .isEmpty();
        assertThat(plateausAfter(
                        new Lives().leaking(Signal.HeapAfterGC, null, HOURS).ended(Ending.Stopped)))
                .as("leaking")
                .isEmpty();
        assertThat(plateausAfter(new Lives().calm(Duration.ofHours(11)).ended(Ending.Stopped)))
                .as("rose until shortly before its end")
                .isEmpty();
        assertThat(plateausAfter(new Lives()
                        .aged(Duration.ofMinutes(99))
                        .calm(Duration.ofMinutes(99))
                        .ended(Ending.Stopped)))
                .as("stopped early")
                .isEmpty();
    }

    @Test
    void aSiblingThatStandsThereForLongTeachesItToo() {
        WorkloadKnowledge knowledge = WorkloadMemory.NONE.knowledgeFor(
                new Lives().id("young").running(), List.of(new Lives().id("old").running()));

        assertThat(knowledge.healthyPlateaus()).containsEntry(Signal.HeapAfterGC, 200.0 * Lives.MIB);
    }

    @Test
    void aLifeIsNotItsOwnTeacher() {
        LifeSummary life = new Lives().running();

        assertThat(WorkloadMemory.NONE.knowledgeFor(life, List.of(life))).isEqualTo(WorkloadKnowledge.NONE);
    }

    @Test
    void aPlateauNeverLetsAFloorComeNearItsLimit() {
        WorkloadMemory memory =
                WorkloadMemory.NONE.remember(new Lives().highest(480).ended(Ending.Stopped));

        assertThat(memory.knowledgeFor(new Lives().running(), List.of()).healthyPlateaus())
                .containsEntry(Signal.HeapAfterGC, 0.7 * Lives.LIMIT);
    }

    @Test
    void ofManyLivesOneThatStoodOutTeachesNothing() {
        WorkloadMemory memory = WorkloadMemory.NONE;
        for (int i = 0; i < 24; i++) {
            memory = memory.remember(new Lives()
                    .id("life-" + i)
                    .revision("r" + i / 8, Lives.START.plus(Duration.ofDays(i / 8)))
                    .highest(i == 9 ? 400 : 100)
                    .ended(Ending.Stopped));
        }

        assertThat(memory.plateaus().get(Signal.HeapAfterGC)).isLessThan(101.0 * Lives.MIB);
    }

    @Test
    void isBounded() {
        WorkloadMemory memory = WorkloadMemory.NONE;
        for (int i = 0; i < 100; i++) {
            memory = memory.remember(new Lives()
                    .id("life-" + i)
                    .revision("r" + i / 10, Lives.START.plus(Duration.ofDays(i / 10)))
                    .ended(Ending.Stopped));
        }
        for (int i = 0; i < 100; i++) {
            memory = memory.noteLeak(new Lives()
                    .leaking(Signal.HeapAfterGC, "com.shop.C" + i, HOURS)
                    .running());
        }

        assertThat(memory.revisions()).extracting(RevisionMemory::revision).containsExactly("r9", "r8", "r7");
        assertThat(memory.revisions())
                .allMatch(one -> one.lives() == 10 && one.plateaus().size() == 8);
        assertThat(memory.leaks()).hasSize(4);
    }

    @Test
    void onlyWhatIsOverIsRemembered() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkloadMemory.NONE.remember(new Lives().running()))
                .withMessageContaining("life-1 goes on");
    }

    @Test
    void aLeakIsKnownWhileItsLifeGoesOnAndKeepsItsFirstRevision() {
        WorkloadMemory memory = WorkloadMemory.NONE
                .noteLeak(new Lives()
                        .leaking(Signal.HeapAfterGC, "com.shop.Order", HOURS)
                        .running())
                .noteLeak(new Lives()
                        .revision("7d4f", Lives.START.plus(Duration.ofDays(2)))
                        .leaking(Signal.HeapAfterGC, "com.shop.Order", Duration.ofHours(1))
                        .running());

        assertThat(memory.leaks())
                .containsExactly(new KnownLeak(
                        Signal.HeapAfterGC, "com.shop.Order", "6c9a", Lives.START, "7d4f", Duration.ofHours(1)));
        assertThat(memory.firstSeenIn(new LifeSummary.Leak(Signal.HeapAfterGC, "com.shop.Order", HOURS)))
                .contains("6c9a");
    }

    @Test
    void aClassThatIsFoundAfterTheLeakCompletesIt() {
        WorkloadMemory memory = WorkloadMemory.NONE
                .noteLeak(new Lives().leaking(Signal.HeapAfterGC, null, HOURS).running())
                .noteLeak(new Lives()
                        .leaking(Signal.HeapAfterGC, "com.shop.Order", HOURS)
                        .running())
                .noteLeak(new Lives()
                        .leaking(Signal.HeapAfterGC, "com.shop.Cart", HOURS)
                        .running())
                .noteLeak(new Lives().leaking(Signal.Threads, null, HOURS).running());

        assertThat(memory.leaks())
                .extracting(KnownLeak::signal, KnownLeak::culprit)
                .containsExactly(
                        tuple(Signal.Threads, null),
                        tuple(Signal.HeapAfterGC, "com.shop.Cart"),
                        tuple(Signal.HeapAfterGC, "com.shop.Order"));
    }

    @Test
    void anEarlierLifeIsOneThatBeganBefore() {
        WorkloadMemory memory = WorkloadMemory.NONE.noteLeak(
                new Lives().leaking(Signal.HeapAfterGC, "com.shop.Order", HOURS).running());

        assertThat(memory.knowledgeFor(new Lives().running(), List.of()).leakedBefore())
                .as("its own")
                .isEmpty();
        assertThat(memory.knowledgeFor(Lives.newer().running(), List.of()).leakedBefore())
                .containsExactly(Signal.HeapAfterGC);
    }

    @Test
    void whatWasRisingWhenTheMemoryRanOutIsKnownToLeak() {
        WorkloadMemory memory = WorkloadMemory.NONE.remember(
                new Lives().state(State.Suspect).rising(Signal.Threads, null).ended(Ending.OutOfMemory));

        assertThat(memory.leaks()).extracting(KnownLeak::signal).containsExactly(Signal.Threads);
    }

    @Test
    void aCalmLifeOfANewerRevisionMendsALeakAndOneOfTheSameDoesNot() {
        WorkloadMemory leaked = WorkloadMemory.NONE.remember(
                new Lives().leaking(Signal.HeapAfterGC, "com.shop.Order", HOURS).ended(Ending.OutOfMemory));
        var later = Lives.START.plus(Duration.ofDays(2));

        assertThat(leaked.remember(new Lives().revision("6c9a", later).ended(Ending.Stopped))
                        .leaks())
                .hasSize(1);
        assertThat(leaked.remember(new Lives().revision("7d4f", later).ended(Ending.Stopped))
                        .leaks())
                .isEmpty();
        assertThat(leaked.remember(new Lives()
                                .revision("7d4f", later)
                                .aged(Duration.ofHours(5))
                                .calm(Duration.ofHours(5))
                                .ended(Ending.Stopped))
                        .leaks())
                .as("not twice as old as the leak when it showed")
                .hasSize(1);
    }

    @ParameterizedTest(name = "{0} others, {1} of them with the same class, {2} with another")
    @CsvSource({"2,2,0,-1", "4,3,1,3", "3,0,0,0", "3,0,3,0"})
    void siblingsOfLikeAgeAreCounted(int others, int same, int another, int alike) {
        List<LifeSummary> running = new ArrayList<>();
        for (int i = 0; i < others; i++) {
            Lives one = new Lives().id("sibling-" + i);
            if (i < same) {
                one.state(State.Suspect).rising(Signal.HeapAfterGC, "com.shop.Order");
            } else if (i < same + another) {
                one.state(State.Suspect).rising(Signal.HeapAfterGC, "com.shop.Cart");
            }
            running.add(one.running());
        }
        running.add(new Lives().id("young").aged(Duration.ofHours(11)).running());
        running.add(new Lives().id("new").state(State.WarmingUp).running());
        running.add(new Lives().id("other").revision("7d4f", Lives.START).running());
        LifeSummary life = new Lives()
                .id("own")
                .leaking(Signal.HeapAfterGC, "com.shop.Order", HOURS)
                .running();

        assertThat(WorkloadMemory.NONE.knowledgeFor(life, running).siblings())
                .isEqualTo(alike < 0 ? null : new Siblings(others, alike));
    }

    private static Map<Signal, Double> plateausAfter(LifeSummary life) {
        return WorkloadMemory.NONE.remember(life).plateaus();
    }
}
