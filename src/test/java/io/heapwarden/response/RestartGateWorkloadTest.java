package io.heapwarden.response;

import static io.heapwarden.response.GateFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.response.GateDecision.Allowed;
import io.heapwarden.response.WorkloadView.PodView;
import io.heapwarden.response.WorkloadView.Update;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Nobody is restarted while somebody else is at work on the workload or the node, or on a weak verdict. */
class RestartGateWorkloadTest {

    private final GateFixture fixture = new GateFixture();

    @Test
    void notDuringARollout() {
        fixture.update = new Update("2 of 5 pods are of the new revision", false, true, true, null);

        fixture.assertRefused(GateRefusal.RolloutInProgress, null)
                .isEqualTo(
                        "Deployment/checkout is changing: 2 of 5 pods are of the new revision; nothing is restarted until that is over");
    }

    @Test
    void notWhileItIsScaled() {
        fixture.update = new Update("it has 5 pods and wants 3", true, true, true, null);

        fixture.assertRefused(GateRefusal.ScalingInProgress, null).contains("it has 5 pods and wants 3");
    }

    @Test
    void notOnANodeThatIsDrained() {
        fixture.pods.set(0, new PodView("uid-0", NOW.minus(Duration.ofDays(1)), true, false, null, true));
        fixture.assertRefused(GateRefusal.NodeDraining, null).contains("drained");

        fixture.pods.set(0, GateFixture.pod("uid-0", NOW.minus(Duration.ofDays(1)), true));
        fixture.pods.set(1, new PodView("uid-1", NOW.minus(Duration.ofDays(1)), true, false, null, true));
        assertThat(fixture.decide()).as("another pod's node").isInstanceOf(Allowed.class);
    }

    @Test
    void notAPodOfAnEarlierRevision() {
        fixture.update = new Update(null, false, true, false, "web-2");
        fixture.pods.set(0, new PodView("uid-0", NOW.minus(Duration.ofDays(1)), true, false, "web-1", false));
        fixture.assertRefused(GateRefusal.OldRevision, null).contains("is of revision web-1", "of revision web-2");

        fixture.pods.set(0, new PodView("uid-0", NOW.minus(Duration.ofDays(1)), true, false, "web-2", false));
        assertThat(fixture.decide()).isInstanceOf(Allowed.class);
    }

    @Test
    void noRolloutOfWhatDoesNotRoll() {
        fixture.update = Update.NONE;
        assertThat(fixture.decide()).as("an eviction needs none").isInstanceOf(Allowed.class);

        fixture.way = RestartWay.RolloutRestart;
        fixture.assertRefused(GateRefusal.NothingRolls, null).contains("Use the strategy Evict");
    }

    @Test
    void notOnAWeakVerdict() {
        fixture.confidence = 0.49;
        fixture.assertRefused(GateRefusal.NotConfident, null)
                .isEqualTo("RetentionLeak is 49 % certain and minConfidence asks for 50 %");

        fixture.confidence = 0.5;
        assertThat(fixture.decide()).isInstanceOf(Allowed.class);
    }

    @Test
    void aRolloutIsCalledOne() {
        fixture.way = RestartWay.RolloutRestart;

        assertThat(fixture.decide().sentence())
                .startsWith("Rolling out anew shop/checkout-6c9-x2k of Deployment/checkout");
    }
}
