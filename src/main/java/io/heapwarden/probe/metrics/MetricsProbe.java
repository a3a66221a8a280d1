package io.heapwarden.probe.metrics;

import io.heapwarden.growth.Sample;
import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.probe.ChannelKind;
import io.heapwarden.probe.JvmIdentity;
import io.heapwarden.probe.JvmProbe;
import io.heapwarden.probe.JvmReading;
import io.heapwarden.probe.PodFacts;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Route;
import io.heapwarden.probe.Target;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads counters off the page on which an application publishes them, and the memory of its container off the kubelet where that is allowed. */
public final class MetricsProbe implements JvmProbe {

    private final MetricsEndpoint endpoint;
    private final @Nullable JvmProbe kubelet;

    /**
     * @param endpoint reads pages
     * @param kubelet knows the memory of containers; null where kubelets are not asked
     */
    public MetricsProbe(MetricsEndpoint endpoint, @Nullable JvmProbe kubelet) {
        this.endpoint = endpoint;
        this.kubelet = kubelet;
    }

    @Override
    public ProbeResult<JvmReading> counters(Target target) {
        return switch (ScrapeAddress.of(ports(target.facts()), target.container())) {
            case Refusal<ScrapeAddress> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<ScrapeAddress> f -> new Failure<>(f.reason(), f.detail());
            case Success<ScrapeAddress>(ScrapeAddress address) ->
                switch (endpoint.read(address)) {
                    case Refusal<MetricsReading> r -> new Refusal<>(r.reason(), r.detail());
                    case Failure<MetricsReading> f -> new Failure<>(f.reason(), f.detail());
                    case Success<MetricsReading>(MetricsReading page) -> reading(target, page);
                };
        };
    }

    private ProbeResult<JvmReading> reading(Target target, MetricsReading page) {
        PodFacts facts = target.facts();
        Failure<MetricsReading> shortfall = page.shortfall().orElse(null);
        if (shortfall != null) {
            return new Failure<>(shortfall.reason(), shortfall.detail());
        }
        Instant startedAt =
                page.jvm().startedAt() == null ? facts.startedAt() : page.jvm().startedAt();
        if (startedAt == null) {
            return new Failure<>(FailureReason.MetricsIncomplete, page.address() + ": " + Missing.StartTime.words());
        }
        return new Success<>(new JvmReading(
                new JvmIdentity(
                        JvmIdentity.NO_PID,
                        startedAt,
                        page.jvm().version(),
                        page.jvm().collector(),
                        1),
                withContainerMemory(target, page.sample()),
                page.jvm().maxHeap(),
                facts.memoryLimit(),
                page.jvm().maxMetaspace(),
                null,
                null,
                "metrics at " + page.address(),
                null,
                Route.of(ChannelKind.Metrics),
                null));
    }

    private Sample withContainerMemory(Target target, Sample sample) {
        return kubelet != null && kubelet.counters(target) instanceof Success<JvmReading>(JvmReading memory)
                ? sample.withContainerMemory(
                        memory.sample().anon(), memory.sample().workingSet())
                : sample;
    }

    private static PodPorts ports(PodFacts facts) {
        return new PodPorts(
                facts.podAddress(),
                facts.annotations(),
                facts.containers(),
                facts.ports().stream()
                        .map(port -> new PodPorts.Port(port.container(), port.name(), port.number()))
                        .toList());
    }

    @Override
    public ProbeResult<ClassHistogram> histogram(Target target, JvmReading last, boolean live, Duration maxPause) {
        return new Refusal<>(
                RefusalReason.ChannelOff,
                "a metrics page has no class histogram. Add Exec or EphemeralContainer to spec.sampling.channels");
    }
}
