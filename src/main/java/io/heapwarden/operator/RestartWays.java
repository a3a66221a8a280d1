package io.heapwarden.operator;

import io.heapwarden.response.RestartRules;
import io.heapwarden.response.RestartStrategy;
import io.heapwarden.response.RestartWay;
import io.heapwarden.response.WorkloadView;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The ways to restart that this installation has, and which one is taken. */
public final class RestartWays {

    private final Map<RestartWay, RestartStrategy> strategies;
    private final boolean mayRollOut;
    private final Duration betweenAny;

    /**
     * @param mayRollOut whether the operator has the right to change workloads
     * @param betweenAny least time between two restarts of the whole installation
     */
    RestartWays(boolean mayRollOut, Duration betweenAny, RestartStrategy... strategies) {
        this.strategies =
                Arrays.stream(strategies).collect(Collectors.toMap(RestartStrategy::way, Function.identity()));
        this.mayRollOut = mayRollOut;
        this.betweenAny = betweenAny;
    }

    RestartStrategy of(RestartWay way) {
        return Objects.requireNonNull(strategies.get(way), () -> "no strategy " + way);
    }

    /**
     * As the policy says; but the only pod of a workload that brings new pods before it takes old ones away is rolled out anew rather than evicted,
     * since that restarts the same one pod and nobody has to wait.
     */
    RestartWay wayFor(PolicyPlan plan, WorkloadView workload) {
        boolean newOneFirst = mayRollOut
                && workload.desired() == 1
                && workload.update().rolls()
                && workload.update().surges();
        return newOneFirst ? RestartWay.RolloutRestart : plan.way();
    }

    /** A policy's rules, within what the installation allows. */
    RestartRules rules(RestartRules policy) {
        return policy.withBetweenAny(betweenAny);
    }
}
