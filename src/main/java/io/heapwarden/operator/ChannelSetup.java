package io.heapwarden.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.heapwarden.evidence.collect.ChainTaking;
import io.heapwarden.evidence.collect.HeapDumpCollector;
import io.heapwarden.operator.OperatorSettings.Channels;
import io.heapwarden.operator.evidence.EvidenceSource;
import io.heapwarden.operator.evidence.PodEvidenceSource;
import io.heapwarden.operator.evidence.PodHeapDump;
import io.heapwarden.probe.ChannelKind;
import io.heapwarden.probe.ChannelLadder;
import io.heapwarden.probe.CommandRunner;
import io.heapwarden.probe.ContainerCommands;
import io.heapwarden.probe.ContainerFiles;
import io.heapwarden.probe.ContainerProbe;
import io.heapwarden.probe.ContainerSecurityLook;
import io.heapwarden.probe.JvmProbe;
import io.heapwarden.probe.PauseLimits;
import io.heapwarden.probe.PodExecRunner;
import io.heapwarden.probe.PodExecStreams;
import io.heapwarden.probe.ProbeLimits;
import io.heapwarden.probe.SafeProbe;
import io.heapwarden.probe.SafetyBudget;
import io.heapwarden.probe.StreamRunner;
import io.heapwarden.probe.ephemeral.BesideRunner;
import io.heapwarden.probe.ephemeral.ProbeContainers;
import io.heapwarden.probe.http.AnyCertificate;
import io.heapwarden.probe.http.AuthorityFile;
import io.heapwarden.probe.kubelet.KubeletLimits;
import io.heapwarden.probe.kubelet.KubeletProbe;
import io.heapwarden.probe.kubelet.KubeletStats;
import io.heapwarden.probe.kubelet.TokenFile;
import io.heapwarden.probe.metrics.MetricsEndpoint;
import io.heapwarden.probe.metrics.MetricsProbe;
import io.heapwarden.probe.program.ProgramAccess;
import io.heapwarden.security.falco.OwnEchoes;
import io.heapwarden.telemetry.AuditLog;
import io.heapwarden.telemetry.OperatorMetrics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Sets up the ways to JVMs that this installation has, all under one safety budget. */
@ApplicationScoped
public class ChannelSetup {

    private static final Path CLUSTER_AUTHORITY = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/ca.crt");

    private final ChannelLadder ladder;
    private final MetricsEndpoint endpoint;
    private final @Nullable KubeletStats kubelets;
    private final EvidenceSource evidence;
    private final ContainerSecurityLook security;

    ChannelSetup(
            KubernetesClient client,
            OperatorSettings settings,
            AdaptiveLimit limit,
            OperatorMetrics metrics,
            OwnEchoes echoes,
            AuditLog audit,
            Monitors monitors,
            PodWatch podWatch,
            Clock clock) {
        ProbeAudit audits = new ProbeAudit(
                audit,
                clock,
                target -> monitors.policyOf(new PodKey(target.namespace(), target.pod(), target.podUid())));
        Channels channels = settings.channels();
        SafetyBudget budget = new SafetyBudget(clock, ProbeLimits.DEFAULTS, PauseLimits.DEFAULTS, podWatch::holds);
        CommandRunner exec = audits.audited(new PodExecRunner(client, limit));
        endpoint = new MetricsEndpoint(clock, MetricsEndpoint.DEFAULTS, new AnyCertificate());
        kubelets = channels.kubelet()
                ? new KubeletStats(clock, KubeletLimits.DEFAULTS, TokenFile.SERVICE_ACCOUNT, trust(channels))
                : null;
        KubeletProbe kubelet = kubelets == null ? null : new KubeletProbe(kubelets);
        Map<ChannelKind, JvmProbe> found = new EnumMap<>(ChannelKind.class);
        found.put(ChannelKind.Metrics, new MetricsProbe(endpoint, kubelet));
        CommandRunner commands = new ProbeCommands(ChannelKind.Exec, exec, metrics, echoes, clock);
        found.put(ChannelKind.Exec, new ContainerProbe(commands, clock, ProbeLimits.DEFAULTS, budget));
        if (kubelet != null) {
            found.put(ChannelKind.Kubelet, kubelet);
        }
        channels.probeImage().filter(image -> !image.isBlank()).ifPresent(image -> {
            CommandRunner beside = new BesideRunner(
                    new ProbeContainers(client, image, audits::added),
                    new ProbeCommands(ChannelKind.EphemeralContainer, exec, metrics, echoes, clock));
            found.put(
                    ChannelKind.EphemeralContainer,
                    new SafeProbe(
                            ChannelKind.EphemeralContainer,
                            new ProgramAccess(
                                    beside, ProbeLimits.WITHOUT_CLIENT, ProbeContainers.PROGRAM, target -> List.of()),
                            clock,
                            ProbeLimits.WITHOUT_CLIENT,
                            budget));
        });
        ladder = new ChannelLadder(found, clock);
        security = new ContainerSecurityLook(commands, ProbeLimits.DEFAULTS, budget);
        evidence = evidence(client, commands, audits.audited(new PodExecStreams(client, limit)), budget, clock);
    }

    private EvidenceSource evidence(
            KubernetesClient client, CommandRunner counted, StreamRunner streams, SafetyBudget budget, Clock clock) {
        ContainerCommands commands = new ContainerCommands(counted, ProbeLimits.DEFAULTS, budget);
        ContainerFiles files = new ContainerFiles(counted, streams, budget);
        return new PodEvidenceSource(
                ladder,
                commands,
                new ChainTaking(commands, files, clock),
                new PodHeapDump(new HeapDumpCollector(commands, files, ProbeLimits.DEFAULTS, clock), client));
    }

    /** The ladder a policy allows. */
    JvmProbe under(PolicyPlan plan) {
        return ladder.inOrder(plan.channels());
    }

    /** Looks at what the kernel says of a JVM, by exec and under the same budget. */
    ContainerSecurityLook security() {
        return security;
    }

    /** Asks for evidence, by the same ways and under the same budget. */
    EvidenceSource evidence() {
        return evidence;
    }

    private static X509ExtendedTrustManager trust(Channels channels) {
        return channels.kubeletInsecureTls() ? new AnyCertificate() : new AuthorityFile(CLUSTER_AUTHORITY, true);
    }

    @PreDestroy
    void close() {
        endpoint.close();
        if (kubelets != null) {
            kubelets.close();
        }
    }
}
