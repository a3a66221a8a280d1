package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicySpec.Mode;
import io.heapwarden.api.MemoryPolicyStatus;
import io.heapwarden.api.MemoryPolicyStatus.Trial;
import io.heapwarden.growth.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrialsTest {

    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");

    private final Trials trials = new Trials();
    private final MemoryPolicy policy = Shop.restarting(Mode.Observe);

    @Test
    void aPodThatRunsOutOfMemoryAfterwardsWasRightlyMeant() {
        Pod pod = Shop.pod();
        trials.begin(policy, pod, AT);
        trials.look(policy, pod, State.Critical);
        assertThat(trials.of(policy))
                .extracting(Trial::pods, Trial::thenOutOfMemory)
                .containsExactly(1, 0);

        trials.look(policy, ended(pod, "OOMKilled", AT.plusSeconds(60)), State.WarmingUp);
        trials.look(policy, ended(pod, "OOMKilled", AT.plusSeconds(60)), State.WarmingUp);

        assertThat(trials.of(policy)).isEqualTo(new Trial(1, 1, 0, java.util.List.of()));
    }

    @Test
    void oneThatRecoversByItselfNeededNoRestart() {
        Pod pod = Shop.pod();
        trials.begin(policy, pod, AT);

        trials.look(policy, pod, State.Healthy);

        assertThat(trials.of(policy))
                .extracting(Trial::thenOutOfMemory, Trial::thenRecovered)
                .containsExactly(0, 1);
    }

    @Test
    void whatEndedBeforeOrForAnotherReasonDoesNotCount() {
        Pod pod = Shop.pod();
        trials.begin(policy, pod, AT);

        trials.look(policy, ended(pod, "OOMKilled", AT.minusSeconds(60)), State.Leaking);
        trials.look(policy, ended(pod, "Error", AT.plusSeconds(60)), State.Leaking);
        trials.look(policy, Shop.pod("another"), State.Healthy);

        assertThat(trials.of(policy))
                .extracting(Trial::pods, Trial::thenOutOfMemory, Trial::thenRecovered)
                .containsExactly(1, 0, 0);
    }

    @Test
    void aNewOperatorGoesOnFromTheStatus() {
        Pod pod = Shop.pod();
        trials.begin(policy, pod, AT);
        policy.setStatus(new MemoryPolicyStatus(3L, null, null, null, null, null, null, null, trials.of(policy), null));
        Trials later = new Trials();

        later.look(policy, ended(pod, "OOMKilled", AT.plusSeconds(60)), State.WarmingUp);

        assertThat(later.of(policy))
                .extracting(Trial::pods, Trial::thenOutOfMemory)
                .containsExactly(1, 1);
    }

    @Test
    void onlyTheNewestAreFollowed() {
        for (int i = 0; i < 60; i++) {
            trials.begin(policy, Shop.pod("checkout-" + i), AT);
        }

        assertThat(trials.of(policy).pods()).isEqualTo(60);
        assertThat(trials.of(policy).followed())
                .hasSize(Trial.MOST_FOLLOWED)
                .last()
                .asString()
                .contains("checkout-59");
    }

    private static Pod ended(Pod pod, String reason, Instant at) {
        Pod copy = Shop.pod(pod.getMetadata().getName());
        copy.getStatus()
                .getContainerStatuses()
                .getFirst()
                .setLastState(new ContainerStateBuilder()
                        .withNewTerminated()
                        .withReason(reason)
                        .withExitCode(137)
                        .withFinishedAt(at.toString())
                        .endTerminated()
                        .build());
        return copy;
    }
}
