package io.heapwarden.telemetry;

import io.heapwarden.growth.State;
import io.heapwarden.security.Severity;
import java.util.List;
import java.util.Map;

/**
 * What is known of a policy, for its gauges.
 *
 * @param namespace its namespace
 * @param policy its name
 * @param pods how many pods are in each state; a state that is missing counts as none
 * @param findings open security findings by severity; one that is missing counts as none
 * @param coverage share of its pods that are sampled; NaN when it has none
 * @param judged acts by what the owner says of them; one that is missing counts as none
 * @param regressions workloads whose running revision grows more than the one before it
 * @param objectives its objectives as they stand
 */
public record PolicyReading(
        String namespace,
        String policy,
        Map<State, Integer> pods,
        Map<Severity, Integer> findings,
        double coverage,
        Map<Judgement, Integer> judged,
        int regressions,
        List<ObjectiveReading> objectives) {

    public PolicyReading {
        pods = Map.copyOf(pods);
        findings = Map.copyOf(findings);
        judged = Map.copyOf(judged);
        objectives = List.copyOf(objectives);
    }

    /** What the owner of a policy says of an act. */
    public enum Judgement {
        /** It was right. */
        Confirmed,
        /** It was wrong. */
        Rejected,
        /** Nothing yet. */
        Open
    }

    /**
     * One objective; a number that is not known yet is NaN.
     *
     * @param name its name
     * @param compliance good share of the period's pod-time, 0 to 1
     * @param budgetRemaining share of the error budget that is left
     * @param missing share of the period's pod-time in which nothing was known
     * @param burnRates how many times faster than allowed the budget is used up, by the label of the window
     * @param burning whether both windows of a pair are above its bar, by the pair's name
     */
    public record ObjectiveReading(
            String name,
            double compliance,
            double budgetRemaining,
            double missing,
            Map<String, Double> burnRates,
            Map<String, Boolean> burning) {
        public ObjectiveReading {
            burnRates = Map.copyOf(burnRates);
            burning = Map.copyOf(burning);
        }
    }
}
