package io.heapwarden.response;

import static io.heapwarden.response.ResizeQuestion.refused;

import io.heapwarden.response.ResizableContainer.Pending;
import io.heapwarden.response.ResizeDecision.Refused;
import org.jspecify.annotations.Nullable;

/** Whether this container's limit can be raised, and goes on running meanwhile. */
final class ContainerChecks {

    private ContainerChecks() {}

    static @Nullable Refused canBeDone(ResizeQuestion question) {
        ResizeAbility ability = question.rules().ability();
        return switch (ability) {
            case Possible -> null;
            case TurnedOff -> refused(ResizeRefusal.TurnedOff, ability.obstacle());
            case NotSupported -> refused(ResizeRefusal.NotSupportedByCluster, ability.obstacle());
        };
    }

    static @Nullable Refused limitIsKnown(ResizeQuestion question) {
        return question.container().limit() != null
                ? null
                : refused(
                        ResizeRefusal.NoLimit,
                        "Container %s of %s has no memory limit of its own that could be raised",
                        question.container().name(),
                        question.proposal().pod());
    }

    static @Nullable Refused runsOn(ResizeQuestion question) {
        return question.container().restartsForIt()
                ? refused(
                        ResizeRefusal.RestartsContainer,
                        "Container %s of %s has the resize policy RestartContainer for memory, so raising its limit would restart it. Set it to"
                                + " NotRequired in the pod template",
                        question.container().name(),
                        question.proposal().pod())
                : null;
    }

    static @Nullable Refused nothingIsPending(ResizeQuestion question) {
        Pending pending = question.container().pending();
        if (pending == null) {
            return null;
        }
        PodIdentity pod = question.proposal().pod();
        String words = pending.message().isEmpty() ? "" : ", as the kubelet says: " + pending.message();
        return switch (pending.stage()) {
            case Infeasible ->
                refused(
                        ResizeRefusal.Infeasible,
                        "The node of %s cannot give it the resources it asks for%s. Lower resizeCeiling to what the nodes have; the pod goes on"
                                + " with its former limit",
                        pod,
                        words);
            case Deferred ->
                refused(
                        ResizeRefusal.Deferred,
                        "The node of %s has no room for the resources it asks for until other pods go%s. Make room on the node, or lower"
                                + " resizeCeiling; the pod goes on with its former limit",
                        pod,
                        words);
            case InProgress ->
                refused(ResizeRefusal.ResizeInProgress, "A resize of %s is under way and not done yet%s", pod, words);
        };
    }

    static @Nullable Refused ceilingIsHigher(ResizeQuestion question) {
        long ceiling = question.rules().ceiling();
        return question.limit() < ceiling
                ? null
                : refused(
                        ResizeRefusal.CeilingReached,
                        "The memory limit of container %s of %s is %s, and resizeCeiling is %s: no more time is bought",
                        question.container().name(),
                        question.proposal().pod(),
                        MemorySize.spelled(question.limit()),
                        MemorySize.spelled(ceiling));
    }
}
