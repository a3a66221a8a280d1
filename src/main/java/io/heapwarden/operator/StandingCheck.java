package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.security.FindingLedger.Changes;
import java.time.Instant;
import java.util.List;

/** One kind of security check, made in a pod's own turn: it decides itself whether it is due. */
interface StandingCheck {

    /** What changed since the last look; empty when it was not due or could not be made. */
    List<Changes> look(Pod pod, PolicyPlan plan, PodMonitor monitor, Instant now);

    /** Why what a policy wants is not looked at, one sentence without a full stop that says what to do; empty when it is, or is not wanted. */
    default String obstacle(PolicyPlan plan) {
        return "";
    }
}
