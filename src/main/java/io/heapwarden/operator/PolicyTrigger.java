package io.heapwarden.operator;

import io.heapwarden.api.MemoryPolicy;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Has a policy reconciled when the state of one of its pods changed, instead of at the next look. */
@ApplicationScoped
public class PolicyTrigger {

    private final SimpleInboundEventSource<MemoryPolicy> events = new SimpleInboundEventSource<>("pod-states");
    private final Map<PodKey, String> seen = new ConcurrentHashMap<>();

    SimpleInboundEventSource<MemoryPolicy> eventSource() {
        return events;
    }

    void pass(PolicyKey policy, PodMonitor monitor) {
        String state = Optional.ofNullable(monitor.view().state().orElse(null)) + "/"
                + monitor.view().verdict();
        if (!state.equals(seen.put(monitor.key(), state))) {
            fire(policy);
        }
    }

    void forget(PodKey pod) {
        seen.remove(pod);
    }

    void fire(PolicyKey policy) {
        events.propagateEvent(new ResourceID(policy.name(), policy.namespace()));
    }
}
