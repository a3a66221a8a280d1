package io.heapwarden.security.falco;

import java.util.Map;

/**
 * A pod, as far as events are to be matched with it.
 *
 * @param uid tells it from one before of the same name
 * @param containers ids by name, of all kinds of containers, with or without the runtime in front; empty for one that has not started
 */
public record RunningPod(String namespace, String name, String uid, Map<String, String> containers) {

    public RunningPod {
        containers = Map.copyOf(containers);
    }
}
