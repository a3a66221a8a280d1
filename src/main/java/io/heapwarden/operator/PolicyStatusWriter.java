package io.heapwarden.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicyStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Writes a policy's status, and only when it says something new. Both the reconciler and a restart write through here, one at a time
 * for each policy, since the whole status is applied at once.
 */
@ApplicationScoped
public class PolicyStatusWriter {

    private static final Logger LOG = Logger.getLogger(PolicyStatusWriter.class);

    private final KubernetesClient client;
    private final PolicyCache policies;
    private final PolicyStatusFactory factory;
    private final BurnEvents burns;
    private final Map<PolicyKey, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Map<String, MemoryPolicyStatus> written = new ConcurrentHashMap<>();

    PolicyStatusWriter(KubernetesClient client, PolicyCache policies, PolicyStatusFactory factory, BurnEvents burns) {
        this.client = client;
        this.policies = policies;
        this.factory = factory;
        this.burns = burns;
    }

    /** Writes the status; a failure is logged and made up for at the next look. */
    void write(PolicyKey key) {
        if (policies.policy(key).isEmpty()) {
            return;
        }
        try {
            writeOrThrow(key);
        } catch (KubernetesClientException refused) {
            LOG.warnf("Could not write the status of %s, trying again: %s", key, refused.getMessage());
        }
    }

    /** Writes the status, or throws so that what depends on it is not done. */
    void writeOrThrow(PolicyKey key) {
        ReentrantLock lock = locks.computeIfAbsent(key, any -> new ReentrantLock());
        lock.lock();
        try {
            write(policies.policy(key).orElseThrow(() -> new KubernetesClientException("policy " + key + " is gone")));
        } finally {
            lock.unlock();
        }
    }

    private void write(MemoryPolicy policy) {
        String uid = policy.getMetadata().getUid();
        MemoryPolicyStatus before = written.getOrDefault(uid, policy.getStatus());
        MemoryPolicyStatus now = policies.plan(policy)
                .map(plan -> factory.status(policy, plan, before))
                .orElseGet(() -> factory.invalid(policy, PolicyCache.mistake(policy), before));
        if (now.equals(before)) {
            return;
        }
        MemoryPolicy patch = new MemoryPolicy();
        patch.getMetadata().setNamespace(policy.getMetadata().getNamespace());
        patch.getMetadata().setName(policy.getMetadata().getName());
        patch.getMetadata().setUid(uid);
        patch.setStatus(now);
        try {
            client.resource(patch).subresource("status").patch(ServerSide.APPLY, patch);
            written.put(uid, now);
            burns.tell(PolicyKey.of(policy), before, now);
        } catch (KubernetesClientException refused) {
            written.remove(uid);
            throw refused;
        }
    }
}
