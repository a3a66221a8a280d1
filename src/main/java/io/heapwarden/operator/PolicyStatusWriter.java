package io.heapwarden.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicyStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes a policy's status, and only when it says something new. Both the reconciler and a restart write through here, one at a time
 * for each policy, since the whole status is applied at once; and for the same reason only on top of the version whose restarts are known here: a
 * second leader must not wipe out what the first wrote down.
 */
@ApplicationScoped
public class PolicyStatusWriter {

    private static final Logger LOG = Logger.getLogger(PolicyStatusWriter.class);

    /** How often a status is written anew, after somebody else wrote meanwhile, before it is left to the next look. */
    private static final int MOST_ATTEMPTS = 4;

    private final KubernetesClient client;
    private final PolicyCache policies;
    private final PolicyStatusFactory factory;
    private final ActionLog log;
    private final BurnEvents burns;
    private final Map<PolicyKey, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Map<String, MemoryPolicyStatus> written = new ConcurrentHashMap<>();

    PolicyStatusWriter(
            KubernetesClient client,
            PolicyCache policies,
            PolicyStatusFactory factory,
            ActionLog log,
            BurnEvents burns) {
        this.client = client;
        this.policies = policies;
        this.factory = factory;
        this.log = log;
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
        oneAtATime(key, () -> {
            MemoryPolicy known = known(key);
            writeUnlessOvertaken(known, known, log::learn);
        });
    }

    /**
     * Writes what is intended, or throws so that it is not done: also when somebody else keeps writing the policy.
     *
     * @param put given the policy as the API server has it now, puts the intent where the status is made from, or throws; asked again, with the policy
     *     read anew, when somebody else wrote meanwhile
     */
    void intend(PolicyKey key, Consumer<MemoryPolicy> put) {
        oneAtATime(key, () -> {
            MemoryPolicy known = known(key);
            writeUnlessOvertaken(known, readNow(known), put);
        });
    }

    private void writeUnlessOvertaken(MemoryPolicy known, MemoryPolicy read, Consumer<MemoryPolicy> prepare) {
        MemoryPolicy newest = read;
        for (int attempt = 1; ; attempt++) {
            prepare.accept(newest);
            try {
                write(known, newest.getMetadata().getResourceVersion());
                return;
            } catch (KubernetesClientException refused) {
                if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == MOST_ATTEMPTS) {
                    throw refused;
                }
                newest = readNow(known);
            }
        }
    }

    private MemoryPolicy readNow(MemoryPolicy known) {
        MemoryPolicy now = client.resources(MemoryPolicy.class)
                .inNamespace(known.getMetadata().getNamespace())
                .withName(known.getMetadata().getName())
                .get();
        if (now == null
                || !now.getMetadata().getUid().equals(known.getMetadata().getUid())) {
            throw new KubernetesClientException("policy " + PolicyKey.of(known) + " is gone");
        }
        return now;
    }

    private void oneAtATime(PolicyKey key, Runnable write) {
        ReentrantLock lock = locks.computeIfAbsent(key, any -> new ReentrantLock());
        lock.lock();
        try {
            write.run();
        } finally {
            lock.unlock();
        }
    }

    private MemoryPolicy known(PolicyKey key) {
        return policies.policy(key).orElseThrow(() -> new KubernetesClientException("policy " + key + " is gone"));
    }

    /** Only while the policy still has this version. */
    private void write(MemoryPolicy policy, @Nullable String version) {
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
        patch.getMetadata().setResourceVersion(version);
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
