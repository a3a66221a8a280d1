package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.State;
import io.heapwarden.operator.ContainerView.LeftAlone;
import io.heapwarden.operator.ContainerView.ProbeTrouble;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a container that does not answer, or must not be asked. */
class ContainerRefusalsTest {

    private final Followed followed = new Followed();

    @ParameterizedTest
    @EnumSource(names = {"NoJvm", "NativeImage", "OpenJ9", "NoShell", "OtherUser", "ExecForbidden"})
    void whatAContainerIsIsLookedAtLessAndLessOften(RefusalReason standing) {
        followed.probe.refusing(standing);

        ContainerView view = followed.turns(6 * 60);

        assertThat(view.leftAlone()).isEqualTo(new LeftAlone(standing.name(), "because of " + standing));
        assertThat(distancesBetweenAsking()).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L, 60L);
    }

    @Test
    void aContainerThatIsLeftAloneIsNotUnreachable() {
        followed.probe.refusing(RefusalReason.NoJvm);

        assertThat(followed.turns(100).state()).isNotEqualTo(State.Unreachable);
    }

    @Test
    void aNewContainerIsAskedAtOnce() {
        followed.probe.refusing(RefusalReason.NoJvm);
        followed.turns(120);

        followed.containerId = "containerd://2";
        followed.probe.steady();
        ContainerView view = followed.turn();

        assertThat(view.leftAlone()).isNull();
        assertThat(view.samples()).isEqualTo(1);
    }

    @Test
    void aJvmThatAppearsAfterAllIsSampledEveryTimeFromThenOn() {
        followed.probe.refusing(RefusalReason.NoJvm);
        followed.turns(3);
        followed.probe.steady();
        followed.turns(10);
        int asked = followed.probe.askedForCounters.size();

        assertThat(followed.turns(10).leftAlone()).isNull();

        assertThat(followed.probe.askedForCounters).hasSize(asked + 10);
    }

    @Test
    void threeFailuresInARowMakeAContainerUnreachableAndOneAnswerBringsItBack() {
        followed.turns(30);

        followed.probe.failing();
        assertThat(followed.turns(2).state()).isEqualTo(State.Healthy);
        assertThat(followed.turn().state()).isEqualTo(State.Unreachable);

        followed.probe.steady();
        assertThat(followed.turn().state()).isEqualTo(State.Healthy);
    }

    @Test
    void failuresCountInARowOnly() {
        followed.turns(30);
        for (int i = 0; i < 10; i++) {
            followed.probe.failing();
            followed.turns(2);
            followed.probe.steady();

            assertThat(followed.turn().state()).isEqualTo(State.Healthy);
        }
    }

    @Test
    void aPassingRefusalIsAFailureWithItsReason() {
        followed.probe.refusing(RefusalReason.BackingOff);

        ContainerView view = followed.turns(3);

        assertThat(view.state()).isEqualTo(State.Unreachable);
        assertThat(view.leftAlone()).isNull();
        assertThat(view.refusals())
                .first()
                .isEqualTo(
                        new ProbeTrouble(followed.clock.instant(), "counters", "BackingOff", "because of BackingOff"));
    }

    @Test
    void aContainerWithoutRoomForALookKeepsTheStateItWasSeenIn() {
        followed.turns(30);
        followed.probe.refusing(RefusalReason.NotEnoughHeadroom);

        ContainerView view = followed.turns(10);

        assertThat(view.state()).isEqualTo(State.Healthy);
        assertThat(view.refusals()).first().extracting(ProbeTrouble::reason).isEqualTo("NotEnoughHeadroom");
    }

    @Test
    void theLastFewTroublesAreKeptNewestFirst() {
        followed.probe.failing();

        List<ProbeTrouble> troubles = followed.turns(20).refusals();

        assertThat(troubles).hasSize(5);
        assertThat(troubles.getFirst().at()).isEqualTo(followed.clock.instant());
        assertThat(troubles).isSortedAccordingTo((a, b) -> b.at().compareTo(a.at()));
    }

    private List<Long> distancesBetweenAsking() {
        List<Long> minutes = new ArrayList<>();
        for (int i = 1; i < followed.probe.askedForCounters.size(); i++) {
            minutes.add(
                    Duration.between(followed.probe.askedForCounters.get(i - 1), followed.probe.askedForCounters.get(i))
                            .toMinutes());
        }
        return minutes;
    }
}
