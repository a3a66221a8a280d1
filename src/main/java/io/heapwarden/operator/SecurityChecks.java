package io.heapwarden.operator;

import java.util.List;

/**
 * The security checks that this installation makes.
 *
 * @param all each decides itself whether it is due
 */
record SecurityChecks(List<StandingCheck> all) {

    /** Why what a policy wants is not looked at; empty when all of it is. */
    List<String> obstacles(PolicyPlan plan) {
        return all.stream()
                .map(check -> check.obstacle(plan))
                .filter(obstacle -> !obstacle.isEmpty())
                .toList();
    }
}
