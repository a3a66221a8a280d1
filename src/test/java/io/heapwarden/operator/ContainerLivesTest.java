package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.Signal;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.history.ContainerCheckpoint;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import org.junit.jupiter.api.Test;

/** When a container's history goes on, and when it begins anew. */
class ContainerLivesTest {

    private final Followed followed = new Followed();

    @Test
    void aSteadyContainerBecomesHealthy() {
        assertThat(followed.turn().state()).isEqualTo(State.WarmingUp);

        ContainerView view = followed.turns(29);

        assertThat(view.state()).isEqualTo(State.Healthy);
        assertThat(view.samples()).isEqualTo(30);
        assertThat(view.lastSample()).isEqualTo(followed.clock.instant());
    }

    @Test
    void aNewContainerIsANewLife() {
        followed.turns(30);

        followed.containerId = "containerd://2";
        ContainerView view = followed.turn();

        assertThat(view.state()).isEqualTo(State.WarmingUp);
        assertThat(view.since()).isEqualTo(followed.clock.instant());
        assertThat(view.samples()).isEqualTo(1);
        assertThat(followed.checkpoint().containerId()).isEqualTo("containerd://2");
        assertThat(followed.checkpoint().detector().samples()).isEqualTo(1);
    }

    @Test
    void aNewJvmInTheSameContainerIsANewLife() {
        followed.turns(30);

        followed.probe.startedAt(followed.clock.instant());
        ContainerView view = followed.turn();

        assertThat(view.state()).isEqualTo(State.WarmingUp);
        assertThat(view.samples()).isEqualTo(1);
        assertThat(followed.checkpoint().detector().samples()).isEqualTo(1);
    }

    @Test
    void aStartThatIsReadALittleDifferentlyIsTheSameLife() {
        followed.turns(30);

        followed.probe.startedAt(ScriptedProbe.JVM_STARTED.plusSeconds(5));

        assertThat(followed.turn().samples()).isEqualTo(31);
        assertThat(followed.checkpoint().detector().samples()).isEqualTo(31);
    }

    @Test
    void aLimitThatWasRaisedInPlaceIsJudgedByInTheSameLife() {
        followed.turns(30);

        followed.probe.within(640L << 20);
        ContainerView view = followed.turn();

        assertThat(view.state()).isEqualTo(State.Healthy);
        assertThat(view.samples()).isEqualTo(31);
        assertThat(followed.checkpoint().detector().samples()).isEqualTo(31);
        assertThat(limit(view)).isEqualTo(640L << 20);
    }

    @Test
    void aLimitThatIsNotReadOnceStands() {
        followed.turns(30);

        followed.probe.within(null);

        assertThat(limit(followed.turn())).isEqualTo(512L << 20);
    }

    @Test
    void aRestartedOperatorGoesOnWithoutLearningAnew() {
        Followed undisturbed = new Followed();
        followed.probe.growing(1 << 20);
        undisturbed.probe.growing(1 << 20);
        followed.turns(60);
        undisturbed.turns(60);

        followed.restartOperator(followed.checkpoint());
        ContainerView after = followed.turn();
        ContainerView expected = undisturbed.turn();

        assertThat(after.state()).isNotEqualTo(State.WarmingUp).isEqualTo(expected.state());
        assertThat(after.assessment()).isEqualTo(expected.assessment());
        assertThat(followed.checkpoint().detector().samples()).isEqualTo(61);
        assertThat(followed.checkpoint()).isEqualTo(undisturbed.checkpoint());
    }

    @Test
    void aCheckpointOfAnotherContainerIsOfNoUse() {
        followed.turns(60);
        ContainerCheckpoint old = followed.checkpoint();

        followed.restartOperator(old);
        followed.containerId = "containerd://2";

        assertThat(followed.turn().state()).isEqualTo(State.WarmingUp);
    }

    @Test
    void anErrorBudgetOutlivesARestartOfTheContainer() {
        followed.turns(60);
        long goodBefore = followed.goodMillis();

        followed.containerId = "containerd://2";
        followed.turn();

        assertThat(goodBefore).isPositive();
        assertThat(followed.goodMillis()).isEqualTo(goodBefore);
    }

    @Test
    void theCheckpointIsKeptWhileNothingWasHeardYet() {
        followed.turns(60);
        ContainerCheckpoint old = followed.checkpoint();
        followed.restartOperator(old);

        followed.probe.failing();
        followed.turns(2);

        assertThat(followed.checkpoint()).isEqualTo(old);
    }

    @Test
    void aContainerThatIsLeftAloneHasNothingToGoOnFrom() {
        followed.probe.refusing(RefusalReason.NoJvm);

        ContainerView view = followed.turn();

        assertThat(followed.checkpoint()).isNull();
        assertThat(view.verdict()).isEqualTo(Verdict.Unknown);
    }

    private static double limit(ContainerView view) {
        return view.assessment().signals().get(Signal.ContainerAnon).limit();
    }
}
