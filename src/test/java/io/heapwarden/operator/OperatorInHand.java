package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.response.EvictionApiEvictor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What restarts pods, of an operator that works for one policy on a real API server, driven by hand: a test has as many of them in one process as it
 * wants. It believes that one pod leaks, without asking it.
 */
public final class OperatorInHand implements AutoCloseable {

    /** Namespace of the policy and the pod. */
    public static final String NAMESPACE = Shop.NAMESPACE;

    private final String policy;
    private final String podUid;
    private final KubernetesClient client;
    private final Operated operated;
    private @Nullable PodMonitor monitor;

    /**
     * @param config the way to the API server
     * @param policy name of the policy
     * @param podUid the pod that leaks
     */
    public OperatorInHand(Config config, String policy, String podUid) {
        this.policy = policy;
        this.podUid = podUid;
        this.client = new KubernetesClientBuilder().withConfig(config).build();
        this.operated = new Operated(client, new EvictionApiEvictor(client, Clock.systemUTC()));
        operated.watch();
    }

    /** What an operator does between two looks: settles what another one left, and restarts the pod if it may. */
    public void turn() {
        operated.clock.move(Duration.between(operated.clock.instant(), Instant.now()));
        MemoryPolicy current = client.resources(MemoryPolicy.class)
                .inNamespace(NAMESPACE)
                .withName(policy)
                .get();
        PolicyPlan plan = operated.plan(current);
        operated.intents.settle(current);
        operated.status.write(plan.key());
        operated.podWatch
                .pods()
                .filter(pod -> pod.getMetadata().getUid().equals(podUid)
                        && pod.getMetadata().getDeletionTimestamp() == null)
                .findFirst()
                .ifPresent(pod -> operated.restarter.propose(pod, plan, monitor(pod, plan), Views.leaking()));
    }

    private PodMonitor monitor(Pod pod, PolicyPlan plan) {
        if (monitor == null) {
            monitor = operated.monitor(pod, plan);
        }
        return monitor;
    }

    @Override
    public void close() {
        operated.close();
        client.close();
    }
}
