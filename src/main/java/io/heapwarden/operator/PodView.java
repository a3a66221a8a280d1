package io.heapwarden.operator;

import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.operator.evidence.EvidenceState.Done;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one pod at one moment.
 *
 * @param pod which pod
 * @param workload what it belongs to
 * @param containers its containers, those that are left alone included
 * @param evidence what came of collecting evidence; null while nothing did
 * @param restart what was last said of restarting it; null while nobody asked
 */
record PodView(
        PodKey pod,
        Workload workload,
        List<ContainerView> containers,
        @Nullable RestartWord restart,
        @Nullable Done evidence) {

    /** From what needs no attention to what needs it now. */
    private static final List<State> BY_URGENCY =
            List.of(State.WarmingUp, State.Healthy, State.Unreachable, State.Suspect, State.Leaking, State.Critical);

    PodView {
        containers = List.copyOf(containers);
    }

    /** The container that needs attention most; empty when none is sampled. */
    Optional<ContainerView> worst() {
        return containers.stream()
                .filter(container -> container.leftAlone() == null)
                .max(Comparator.comparingInt(container -> BY_URGENCY.indexOf(container.state())));
    }

    /** The pod's state is that of its worst container. */
    Optional<State> state() {
        return worst().map(ContainerView::state);
    }

    /** Whether any of its containers was sampled since it runs. */
    boolean sampled() {
        return containers.stream().anyMatch(container -> container.lastSample() != null);
    }

    Verdict verdict() {
        return worst().map(ContainerView::verdict).orElse(Verdict.Unknown);
    }

    static int urgency(State state) {
        return BY_URGENCY.indexOf(state);
    }
}
