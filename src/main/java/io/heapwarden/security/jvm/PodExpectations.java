package io.heapwarden.security.jvm;

import java.util.Set;

/**
 * What is meant to be so.
 *
 * @param declaredPorts ports that the containers of the pod declare
 * @param allowedAgents agents that are meant to be there: the path, the file's name, or the library's name
 */
public record PodExpectations(Set<Integer> declaredPorts, Set<String> allowedAgents) {

    /** Nothing is declared. */
    public static final PodExpectations NONE = new PodExpectations(Set.of(), Set.of());

    public PodExpectations {
        declaredPorts = Set.copyOf(declaredPorts);
        allowedAgents = Set.copyOf(allowedAgents);
    }

    boolean allows(String agent) {
        return allowedAgents.contains(agent) || allowedAgents.contains(agent.substring(agent.lastIndexOf('/') + 1));
    }
}
