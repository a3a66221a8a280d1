package io.heapwarden.operator;

import io.heapwarden.security.jvm.JvmFacts;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What security checks remember of a pod from one look to the next. Used by the pod's own turn only, but for {@link #noticed}. */
final class SecurityMemory {

    /** So often a look sees everything anew, and does not go by what an earlier one saw. */
    private static final int WHOLE_EVERY = 10;

    private final Map<String, Instant> looks = new HashMap<>();
    private @Nullable SecurityPlan wanted;
    private final Map<String, JvmFacts> jvms = new HashMap<>();
    private final Map<String, Integer> looksAtJvms = new HashMap<>();
    private final NoticedFindings noticed = new NoticedFindings();

    /** What was found and is still to be acted on. Safe for use by many threads. */
    NoticedFindings noticed() {
        return noticed;
    }

    /** Something else is wanted than before: everything is looked at anew. */
    void wants(SecurityPlan plan) {
        if (!plan.equals(wanted)) {
            wanted = plan;
            looks.clear();
        }
    }

    /** When something was looked at last; the beginning of time when it was not. */
    Instant lastLook(String what) {
        return looks.getOrDefault(what, Instant.EPOCH);
    }

    void looked(String what, Instant at) {
        looks.put(what, at);
    }

    /** What was so in a container at the last look; null at the first. */
    @Nullable
    JvmFacts jvm(String container) {
        return jvms.get(container);
    }

    /** What the next look at a container's JVM may go by; null when it is to see everything. */
    @Nullable
    JvmFacts basis(String container) {
        return looksAtJvms.getOrDefault(container, 0) % WHOLE_EVERY == 0 ? null : jvms.get(container);
    }

    void jvm(String container, JvmFacts facts) {
        jvms.put(container, facts);
        looksAtJvms.merge(container, 1, Integer::sum);
    }
}
