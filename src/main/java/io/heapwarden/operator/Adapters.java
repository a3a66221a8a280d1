package io.heapwarden.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.heapwarden.response.EvictionApiEvictor;
import io.heapwarden.response.PodResizer;
import io.heapwarden.response.ResizeDiscovery;
import io.heapwarden.response.RolloutRestarter;
import io.heapwarden.security.falco.FalcoCounts;
import io.heapwarden.security.falco.OwnEchoes;
import io.heapwarden.telemetry.AuditLog;
import io.heapwarden.telemetry.EventRecorder;
import io.heapwarden.telemetry.OperatorMetrics;
import io.heapwarden.telemetry.Tracing;
import io.heapwarden.telemetry.otlp.OtlpSettings;
import io.heapwarden.telemetry.otlp.OtlpTracing;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Wires the adapters of a cluster to the ports the operator works with. */
@ApplicationScoped
public class Adapters {

    @Produces
    @ApplicationScoped
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    AdaptiveLimit limit(OperatorSettings settings) {
        return new AdaptiveLimit(settings.sampling().maxConcurrent(), System::nanoTime);
    }

    @Produces
    @ApplicationScoped
    ProbeChoice probes(ChannelSetup channels, Tracing tracing) {
        return tracing.on() ? plan -> new TracedProbe(channels.under(plan), tracing, plan.key()) : channels::under;
    }

    /** OpenTelemetry's classes are loaded only where somebody is to be told. */
    @Produces
    @Singleton
    Tracing tracing(OperatorSettings settings, @ConfigProperty(name = "quarkus.application.version") String version) {
        return settings.otlp()
                .endpoint()
                .filter(endpoint -> !endpoint.isBlank())
                .map(endpoint -> OtlpTracing.start(new OtlpSettings(
                        endpoint,
                        settings.otlp().headers().map(Path::of).orElse(null),
                        version,
                        settings.podName().orElse("heapwarden"))))
                .orElse(Tracing.OFF);
    }

    void close(@Disposes Tracing tracing) {
        tracing.close();
    }

    @Produces
    @Singleton
    AuditLog audit(OperatorSettings settings) {
        return new AuditLog(
                settings.podName().orElse("heapwarden"),
                settings.audit()
                        .file()
                        .filter(file -> !file.isBlank())
                        .map(Path::of)
                        .orElse(null));
    }

    @Produces
    @Singleton
    OperatorMetrics metrics(MeterRegistry registry) {
        return new OperatorMetrics(registry);
    }

    @Produces
    @Singleton
    EventRecorder events(KubernetesClient client, OperatorSettings settings, OperatorMetrics metrics, Clock clock) {
        return new EventRecorder(client, settings.podName().orElse("heapwarden"), metrics, clock);
    }

    void close(@Disposes EventRecorder events) {
        events.close();
    }

    @Produces
    @Singleton
    RestartWays restartWays(KubernetesClient client, OperatorSettings settings, Clock clock) {
        return new RestartWays(
                settings.restarts().rollout(),
                settings.restarts().between(),
                new EvictionApiEvictor(client, clock),
                new RolloutRestarter(client, clock));
    }

    @Produces
    @Singleton
    PodResizer podResizer(KubernetesClient client, Clock clock) {
        return new PodResizer(client, clock);
    }

    @Produces
    @Singleton
    ResizeSupport resizeSupport(KubernetesClient client, OperatorSettings settings, Clock clock) {
        return new ResizeSupport(settings.restarts().resize(), new ResizeDiscovery(client, clock));
    }

    @Produces
    @Singleton
    SecurityChecks securityChecks(ChannelSetup channels, KubernetesClient client) {
        return new SecurityChecks(List.of(
                new PostureCheck(client), new JvmSecurityCheck(channels.security()), new VulnerabilityCheck(client)));
    }

    @Produces
    @Singleton
    OwnEchoes ownEchoes() {
        return new OwnEchoes();
    }

    @Produces
    @Singleton
    FalcoCounts falcoCounts(OperatorMetrics metrics) {
        FalcoCounts counts = new FalcoCounts();
        FalcoMetrics.show(counts, metrics);
        return counts;
    }
}
