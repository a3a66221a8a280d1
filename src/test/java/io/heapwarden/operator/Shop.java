package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicySpec;
import io.heapwarden.api.MemoryPolicySpec.Mode;
import io.heapwarden.api.Objective;
import io.heapwarden.api.Response;
import io.heapwarden.api.Restart;
import io.heapwarden.api.Sampling;
import io.heapwarden.api.Security;
import io.heapwarden.growth.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A shop with one Deployment, checkout, and the policies that watch it. */
final class Shop {

    static final String NAMESPACE = "shop";
    static final String POD = "checkout-6c9-x2k";
    static final String POLICY = "checkout";

    private Shop() {}

    /** A running, Ready pod of the Deployment. */
    static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .withUid("uid-" + name)
                .withCreationTimestamp("2026-11-23T08:00:00Z")
                .addToLabels("app", "checkout")
                .addToLabels("pod-template-hash", "6c9")
                .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind("ReplicaSet")
                .withName("checkout-6c9")
                .withUid("uid-replica-set")
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-1")
                .addNewContainer()
                .withName("app")
                .withImage("registry.shop.example/checkout:7")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .addNewContainerStatus()
                .withName("app")
                .withContainerID("containerd://" + name)
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    /** The Deployment, with this many pods of one revision. */
    static Deployment deployment(int pods) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("checkout")
                .endMetadata()
                .withNewSpec()
                .withReplicas(pods)
                .withNewSelector()
                .addToMatchLabels("app", "checkout")
                .endSelector()
                .endSpec()
                .withNewStatus()
                .withReplicas(pods)
                .withUpdatedReplicas(pods)
                .endStatus()
                .build();
    }

    static Pod pod() {
        return pod(POD);
    }

    /** A policy that says nothing but which pods. */
    static MemoryPolicy policy() {
        return policy(null, null, null, null, null);
    }

    static MemoryPolicy policy(Sampling sampling) {
        return policy(null, sampling, null, null, null);
    }

    static MemoryPolicy withObjectives(Objective... objectives) {
        return policy(null, null, List.of(objectives), null, null);
    }

    static MemoryPolicy withResponses(Response... responses) {
        return policy(null, null, null, List.of(responses), null);
    }

    /** A policy that restarts pods from Leaking on. */
    static MemoryPolicy restarting(Mode mode) {
        Response restart = new Response(
                new Response.When(State.Leaking, null, null),
                List.of(Response.Action.Annotate, Response.Action.Event, Response.Action.Restart));
        return policy(mode, null, null, List.of(restart), null);
    }

    /** A policy that raises limits up to 1Gi, and restarts pods from Leaking on in these windows. */
    static MemoryPolicy resizing(Mode mode, List<Restart.Window> windows) {
        return policy(
                mode,
                null,
                null,
                List.of(new Response(new Response.When(State.Leaking, null, null), List.of(Response.Action.Restart))),
                new Restart(Restart.Strategy.ResizeThenEvict, null, null, null, null, null, windows, "1Gi", null));
    }

    /** A policy that tells one receiver. */
    static MemoryPolicy telling(String receiver, Response... responses) {
        MemoryPolicy policy =
                responses.length == 0 ? policy() : policy(Mode.Observe, null, null, List.of(responses), null);
        MemoryPolicySpec spec = policy.getSpec();
        policy.setSpec(new MemoryPolicySpec(
                spec.selector(),
                null,
                spec.mode(),
                spec.sampling(),
                null,
                null,
                spec.responses(),
                spec.restart(),
                null,
                List.of(receiver)));
        return policy;
    }

    /** A policy that watches the pods' security. */
    static MemoryPolicy secured(Mode mode, Security security, Response... responses) {
        MemoryPolicy policy = policy(mode, null, null, List.of(responses), null);
        MemoryPolicySpec spec = policy.getSpec();
        policy.setSpec(new MemoryPolicySpec(
                spec.selector(),
                null,
                spec.mode(),
                spec.sampling(),
                null,
                security,
                spec.responses(),
                spec.restart(),
                null,
                null));
        return policy;
    }

    static MemoryPolicy policy(
            @Nullable Mode mode,
            @Nullable Sampling sampling,
            @Nullable List<Objective> objectives,
            @Nullable List<Response> responses,
            @Nullable Restart restart) {
        MemoryPolicy policy = new MemoryPolicy();
        policy.getMetadata().setNamespace(NAMESPACE);
        policy.getMetadata().setName(POLICY);
        policy.getMetadata().setUid("uid-policy");
        policy.getMetadata().setGeneration(3L);
        policy.getMetadata().setCreationTimestamp("2026-11-22T08:00:00Z");
        policy.setSpec(new MemoryPolicySpec(
                new LabelSelectorBuilder().addToMatchLabels("app", "checkout").build(),
                null,
                mode,
                sampling,
                objectives,
                null,
                responses,
                restart,
                null,
                null));
        return policy;
    }

    static PolicyPlan plan() {
        return PolicyPlan.of(policy());
    }
}
