package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.heapwarden.api.Sampling;
import io.heapwarden.growth.Signal;
import io.heapwarden.growth.State;
import io.heapwarden.workload.Ending;
import io.heapwarden.workload.KnownLeak;
import io.heapwarden.workload.RevisionMemory;
import io.heapwarden.workload.WorkloadMemory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the lives of one container teach its workload. */
class WorkloadLessonsTest {

    private final Followed followed = new Followed();

    @Test
    void aHealthyLifeThatWasStoppedTeachesHowHighItsFloorStood() {
        followed.turns(300);
        assertThat(followed.remembered()).isEqualTo(WorkloadMemory.NONE);

        followed.endedBefore = Ending.Stopped;
        followed.containerId = "containerd://2";
        followed.turn();

        assertThat(followed.remembered().revisions())
                .extracting(RevisionMemory::revision, RevisionMemory::lives)
                .containsExactly(tuple("6c9", 1));
        assertThat(followed.remembered().plateaus()).containsEntry(Signal.HeapAfterGC, 41_900_000.0);
    }

    @Test
    void aHealthyLifeThatRanOutOfMemoryTeachesNoPlateau() {
        followed.turns(300);

        followed.endedBefore = Ending.OutOfMemory;
        followed.containerId = "containerd://2";
        followed.turn();

        assertThat(followed.remembered().revisions()).hasSize(1);
        assertThat(followed.remembered().plateaus()).isEmpty();
    }

    @Test
    void aLeakIsRememberedBeforeItsLifeEndsAndTaughtToTheNext() {
        followed.probe.growing(2 << 20);
        ContainerView leaking = followed.turns(95);
        assertThat(leaking.state().confirmed()).as("%s", leaking.state()).isTrue();

        assertThat(leaking.fleet().firstSeenIn()).isEqualTo("6c9");
        assertThat(leaking.fleet().knowledge().leakedBefore())
                .as("its own leak is no earlier one")
                .isEmpty();
        assertThat(followed.remembered().leaks())
                .extracting(KnownLeak::signal, KnownLeak::culprit)
                .containsExactly(tuple(Signal.HeapAfterGC, "com.shop.Order"));

        followed.endedBefore = Ending.OutOfMemory;
        followed.containerId = "containerd://2";
        followed.probe.startedAt(followed.clock.instant());
        ContainerView next = followed.turns(2);

        assertThat(next.fleet().knowledge().leakedBefore()).containsExactly(Signal.HeapAfterGC);
        assertThat(next.fleet().knowledge().culpritsBefore()).containsExactly("com.shop.Order");
    }

    @Test
    void aJvmThatAnotherFollowsInItsContainerTeachesNoPlateau() {
        followed.turns(300);

        followed.probe.startedAt(followed.clock.instant());
        followed.turns(2);

        assertThat(followed.remembered().revisions())
                .extracting(RevisionMemory::lives)
                .containsExactly(1);
        assertThat(followed.remembered().plateaus()).isEmpty();
    }

    @Test
    void anotherSamplingIntervalIsTheSameLife() {
        followed.turns(30);

        followed.plan = PolicyPlan.of(Shop.policy(new Sampling("2m", null, null)));
        followed.turn();

        assertThat(followed.remembered().revisions()).isEmpty();
    }

    @Test
    void aRestartedOperatorGoesOnWritingTheSameLife() {
        Followed undisturbed = new Followed();
        followed.turns(55);
        undisturbed.turns(55);

        followed.restartOperator(followed.checkpoint());
        followed.turns(55);
        undisturbed.turns(55);

        assertThat(followed.checkpoint().life())
                .isEqualTo(undisturbed.checkpoint().life());
        assertThat(followed.checkpoint().life().state()).isEqualTo(State.Healthy);
        assertThat(Duration.between(ScriptedProbe.JVM_STARTED, followed.clock.instant()))
                .isGreaterThan(Duration.ofHours(5));
    }
}
