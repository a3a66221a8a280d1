package io.heapwarden.telemetry;

import io.heapwarden.growth.State;
import java.util.List;
import java.util.Map;

/**
 * What is known of a policy, for its gauges.
 *
 * @param namespace its namespace
 * @param policy its name
 * @param pods how many pods are in each state; a state that is missing counts as none
 * @param objectives its objectives as they stand
 */
public record PolicyReading(
        String namespace, String policy, Map<State, Integer> pods, List<ObjectiveReading> objectives) {

    public PolicyReading {
        pods = Map.copyOf(pods);
        objectives = List.copyOf(objectives);
    }

    /**
     * One objective; a number that is not known yet is NaN.
     *
     * @param name its name
     * @param compliance good share of the period's pod-time, 0 to 1
     * @param budgetRemaining share of the error budget that is left
     * @param burnRate how many times faster than allowed the budget is used up
     */
    public record ObjectiveReading(String name, double compliance, double budgetRemaining, double burnRate) {}
}
