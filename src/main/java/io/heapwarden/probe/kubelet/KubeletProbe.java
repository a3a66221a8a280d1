package io.heapwarden.probe.kubelet;

import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.jvm.Collector;
import io.heapwarden.probe.ChannelKind;
import io.heapwarden.probe.JvmIdentity;
import io.heapwarden.probe.JvmProbe;
import io.heapwarden.probe.JvmReading;
import io.heapwarden.probe.PodFacts;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Route;
import io.heapwarden.probe.Target;
import java.time.Duration;
import java.time.Instant;

/**
 * Reads the memory of a container off its node's kubelet. Of the JVM in it nothing is known, not even whether there is one.
 *
 * @param stats asks the kubelets
 */
public record KubeletProbe(KubeletStats stats) implements JvmProbe {

    @Override
    public ProbeResult<JvmReading> counters(Target target) {
        PodFacts facts = target.facts();
        if (facts.node() == null || facts.nodeAddress() == null || facts.startedAt() == null) {
            return new Refusal<>(RefusalReason.NotRunning, "the pod has no node with an address yet, or does not run");
        }
        return switch (stats.of(new Kubelet(facts.node(), facts.nodeAddress(), Kubelet.USUAL_PORT))) {
            case Refusal<NodeMemory> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<NodeMemory> f -> new Failure<>(f.reason(), f.detail());
            case Success<NodeMemory>(NodeMemory node) -> {
                ContainerMemory memory = node.of(target.podUid(), target.container());
                yield memory == null
                        ? new Refusal<>(RefusalReason.NotRunning, "the kubelet does not know the container yet")
                        : new Success<>(reading(facts, facts.startedAt(), node, memory));
            }
        };
    }

    private static JvmReading reading(PodFacts facts, Instant startedAt, NodeMemory node, ContainerMemory memory) {
        return new JvmReading(
                new JvmIdentity(JvmIdentity.NO_PID, startedAt, null, Collector.Unknown, 1),
                memory.sample(node.readAt()),
                null,
                facts.memoryLimit(),
                null,
                null,
                null,
                "statistics of the kubelet",
                cannot(),
                Route.of(ChannelKind.Kubelet),
                null);
    }

    @Override
    public ProbeResult<ClassHistogram> histogram(Target target, JvmReading last, boolean live, Duration maxPause) {
        return cannot();
    }

    private static <T> Refusal<T> cannot() {
        return new Refusal<>(
                RefusalReason.ChannelOff,
                "a kubelet knows nothing of classes. Add Exec or EphemeralContainer to spec.sampling.channels");
    }
}
