package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.telemetry.EventReason;
import io.heapwarden.telemetry.EventRecorder;
import io.heapwarden.telemetry.EventSubject;
import jakarta.enterprise.context.ApplicationScoped;

/** Events on pods and on the policies that watch them. What happens to a pod is told in both places: people look at either. */
@ApplicationScoped
public class PolicyEvents {

    private final EventRecorder recorder;
    private final PolicyCache policies;

    PolicyEvents(EventRecorder recorder, PolicyCache policies) {
        this.recorder = recorder;
        this.policies = policies;
    }

    void onBoth(EventReason reason, Pod pod, PolicyKey policy, String message) {
        onBoth(reason, pod, policy, "", message);
    }

    /** Of what may be told of one pod for several reasons; repeats with the same key are one Event. */
    void onBoth(EventReason reason, Pod pod, PolicyKey policy, String key, String message) {
        recorder.record(
                EventSubject.pod(
                        pod.getMetadata().getNamespace(),
                        pod.getMetadata().getName(),
                        pod.getMetadata().getUid()),
                reason,
                key,
                message);
        onPolicy(
                reason,
                policy,
                pod.getMetadata().getName() + key,
                "Pod " + pod.getMetadata().getName() + ": " + message);
    }

    /** An Event on the policy; repeats with the same key are one Event. */
    void onPolicy(EventReason reason, PolicyKey policy, String key, String message) {
        policies.policy(policy).ifPresent(found -> recorder.record(EventSubject.of(found), reason, key, message));
    }
}
