package io.heapwarden.security.falco;

import java.util.Set;

/**
 * Which events count.
 *
 * @param minPriority least urgent one that counts
 * @param rules names of the rules that count, exactly as Falco has them; empty: all
 */
public record FalcoRules(FalcoPriority minPriority, Set<String> rules) {

    public FalcoRules {
        rules = Set.copyOf(rules);
    }

    public boolean select(FalcoEvent event) {
        return event.priority().atLeast(minPriority) && (rules.isEmpty() || rules.contains(event.rule()));
    }
}
