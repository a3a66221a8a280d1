package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.CLIENT;
import static io.heapwarden.e2e.TestCluster.apply;
import static io.heapwarden.e2e.TestCluster.kubectl;
import static io.heapwarden.e2e.TestCluster.tryKubectl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.heapwarden.security.falco.PemFiles;
import io.heapwarden.security.falco.TestAuthority;
import io.heapwarden.telemetry.otlp.CollectorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Security and what is outside of the operator: events that come by TLS, before and after its certificates are changed; spans in a real OpenTelemetry Collector;
 * alerts in a real Alertmanager.
 */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecurityOutsideE2ETest {

    private static final String NAMESPACE = "e2e-security-outside";
    private static final String CERTIFICATES = "falco-tls";
    private static final String AGENT = "exporter.jar";
    private static final int COLLECTOR_PORT = 14318;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Observed seen = new Observed(NAMESPACE);

    @TempDir
    static Path scratch;

    private static NodeServers servers;
    private static TestAuthority ours;
    private static PemFiles receiver;
    private static PemFiles falco;

    @BeforeAll
    static void workloads() throws Exception {
        ours = new TestAuthority(Files.createDirectory(scratch.resolve("ours")), "ours");
        receiver = ours.sign("receiver", "-ext", "san=dns:" + FalcoTlsSender.HOST);
        falco = ours.sign("falco");
        tryKubectl("create", "namespace", HeapwardenRelease.NAMESPACE);
        putCertificates(receiver);
        HeapwardenRelease.install(
                "security.falco.http.enabled=true",
                "security.falco.http.tlsSecret=" + CERTIFICATES,
                "telemetry.otlp.endpoint=http://" + NodeServers.ADDRESS + ":" + COLLECTOR_PORT,
                "notify.receivers[0].name=oncall",
                "notify.receivers[0].type=Alertmanager",
                "notify.receivers[0].intervalSeconds=2",
                "notify.receivers[0].url=http://" + NodeServers.ADDRESS + ":" + NodeServers.ALERTMANAGER_PORT);
        TestCluster.createNamespace(NAMESPACE, Map.of());
        for (String app : new String[] {"told", "quiet"}) {
            apply(
                    NAMESPACE,
                    Leaker.deployment(app, 1)
                            .arguments(
                                    "-Xmx64m",
                                    "-javaagent:/opt/exporter/" + AGENT + "=9404:/opt/exporter/exporter.yaml",
                                    "Steady")
                            .manifest()
                            .replace("heapwarden-workload:17", "heapwarden-workload:exporter"));
        }
        servers = new NodeServers(scratch);
        servers.startAlertmanager();
        apply(NAMESPACE, policy("told", ""));
        apply(NAMESPACE, policy("quiet", ", allowedAgents: [" + AGENT + "]"));
        for (String app : new String[] {"told", "quiet"}) {
            seen.report(
                    seen.pod(app).getMetadata().getName(),
                    PATIENCE,
                    status -> status.findings() != null && !status.findings().isEmpty());
        }
    }

    @AfterAll
    static void clean() {
        TestCluster.deleteNamespace(NAMESPACE);
        servers.close();
    }

    @Test
    @Order(1)
    void aFindingAndWhatFollowsFromItAreOneTraceThatTheEventNames() throws Exception {
        CollectorProcess collector = CollectorProcess.start(scratch, NodeServers.ADDRESS, COLLECTOR_PORT);
        try {
            Pod pod = seen.pod("told");
            String name = pod.getMetadata().getName();
            String rule = "Terminal shell in container";
            FalcoTlsSender sender = new FalcoTlsSender(receiver, falco);
            await().atMost(TestCluster.A_MINUTE).ignoreExceptions().untilAsserted(() -> assertThat(
                            sender.send(event(pod, rule, "Critical")))
                    .isEqualTo(204));

            await().atMost(TestCluster.A_MINUTE)
                    .until(() -> !CollectedSpan.of(collector, "act", name).isEmpty());
            CollectedSpan finding = CollectedSpan.of(collector, "finding", name).stream()
                    .filter(span -> span.has("security.rule", rule))
                    .findFirst()
                    .orElseThrow();
            String trace = finding.field("Trace ID");
            assertThat(finding)
                    .matches(span -> span.has("security.risk", "Critical"))
                    .matches(span -> span.has("security.source", "Falco"))
                    .matches(span -> span.has("heapwarden.namespace", NAMESPACE))
                    .matches(span -> span.has("heapwarden.policy", "told"));
            assertThat(CollectedSpan.of(collector, "act", name))
                    .first()
                    .matches(act -> act.field("Trace ID").equals(trace))
                    .matches(act -> act.field("Parent ID").equals(finding.field("ID")))
                    .matches(act -> act.has("security.rule", rule))
                    .matches(act -> act.has("security.risk", "Critical"))
                    .matches(act -> act.has("heapwarden.decision", "DryRun"));
            await().atMost(TestCluster.A_MINUTE)
                    .untilAsserted(() -> assertThat(seen.said("Pod", name, "SecurityFinding"))
                            .anyMatch(words -> words.contains(rule) && words.endsWith("(trace " + trace + ")")));
            String quiet = seen.pod("quiet").getMetadata().getName();
            await().atMost(TestCluster.A_MINUTE)
                    .until(() -> !CollectedSpan.of(collector, "probe", quiet).isEmpty());
            assertThat(CollectedSpan.of(collector, "act", quiet)).isEmpty();
        } finally {
            collector.stop();
        }
    }

    @Test
    @Order(2)
    void anAlertFiresWhileAFindingStands() throws Exception {
        await().atMost(TestCluster.A_MINUTE).untilAsserted(() -> assertThat(alerts("told"))
                .anyMatch(alert -> alert.contains("agent-at-start/app/"))
                .anyMatch(alert -> alert.contains("Terminal shell in container/")));
        assertThat(alerts("quiet"))
                .isNotEmpty()
                .noneMatch(alert -> alert.contains("agent-at-start") || alert.contains("Terminal shell"));

        apply(NAMESPACE, policy("told", ", allowedAgents: [" + AGENT + "]"));

        await().atMost(TestCluster.A_MINUTE)
                .untilAsserted(() ->
                        assertThat(alerts("told")).isNotEmpty().noneMatch(alert -> alert.contains("agent-at-start")));
    }

    @Test
    @Order(3)
    void whoShowsNoCertificateOrTrustsAnotherAuthorityDoesNotGetThrough() throws Exception {
        PemFiles stranger = theirs("stranger");
        String event = event(seen.pod("quiet"), "Nobody", "Critical");

        assertThatThrownBy(() -> new FalcoTlsSender(receiver, null).send(event)).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> new FalcoTlsSender(receiver, stranger).send(event))
                .isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> new FalcoTlsSender(stranger, falco).send(event))
                .hasCauseInstanceOf(SSLException.class);
        assertThat(new FalcoTlsSender(receiver, falco).send(event(seen.pod("quiet"), "Falco", "Critical")))
                .isEqualTo(204);

        rule("quiet", "Falco");
        assertThat(rules("quiet")).doesNotContain("Nobody");
    }

    @Test
    @Order(4)
    void newCertificatesAreUsedWithoutARestart() throws Exception {
        Pod operator = HeapwardenRelease.operatorPods().getFirst();
        PemFiles renewed = theirs("receiver", "-ext", "san=dns:" + FalcoTlsSender.HOST);
        PemFiles sender = theirs("falco");
        Pod pod = seen.pod("quiet");

        putCertificates(renewed);
        // A kubelet looks for Secrets that changed every minute or so, and at once where the pod changes.
        kubectl(
                "annotate",
                "pod",
                operator.getMetadata().getName(),
                "-n",
                HeapwardenRelease.NAMESPACE,
                "certificates=new");

        await("the new certificates to be used")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(new FalcoTlsSender(renewed, sender).send(event(pod, "Renewed", "Critical")))
                                .isEqualTo(204));
        assertThatThrownBy(() -> new FalcoTlsSender(receiver, falco).send(event(pod, "Old", "Critical")))
                .hasCauseInstanceOf(SSLException.class);
        rule("quiet", "Renewed");
        assertThat(HeapwardenRelease.metric("heapwarden_falco_events_total{result=\"CertificatesReloaded\"}"))
                .isPositive();
        assertThat(HeapwardenRelease.operatorPods()).singleElement().satisfies(same -> {
            assertThat(same.getMetadata().getUid())
                    .isEqualTo(operator.getMetadata().getUid());
            assertThat(same.getStatus().getContainerStatuses()).allMatch(container -> container.getRestartCount() == 0);
        });
    }

    private static PemFiles theirs(String name, String... options) throws IOException {
        return new TestAuthority(Files.createDirectories(scratch.resolve("theirs")), "theirs").sign(name, options);
    }

    /** Clients need a certificate of the same authority. */
    private static void putCertificates(PemFiles files) throws IOException {
        CLIENT.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(HeapwardenRelease.NAMESPACE)
                        .withName(CERTIFICATES)
                        .endMetadata()
                        .withType("kubernetes.io/tls")
                        .withStringData(Map.of(
                                "tls.crt", Files.readString(files.certificate()),
                                "tls.key", Files.readString(files.key()),
                                "ca.crt", Files.readString(files.authorities())))
                        .build())
                .createOr(NonDeletingOperation::update);
    }

    private static String event(Pod pod, String rule, String priority) {
        return FalcoSender.event(
                NAMESPACE,
                pod.getMetadata().getName(),
                pod.getStatus().getContainerStatuses().getFirst().getContainerID(),
                rule,
                priority);
    }

    private static List<String> rules(String app) {
        return seen.report(seen.pod(app).getMetadata().getName()).orElseThrow().getStatus().findings().stream()
                .map(finding -> finding.rule())
                .toList();
    }

    private static void rule(String app, String rule) {
        await(rule).atMost(TestCluster.A_MINUTE).until(() -> rules(app).contains(rule));
    }

    /** The labels of the alerts about findings of an app's pod that fire. */
    private static List<String> alerts(String app) throws IOException, InterruptedException {
        String pod = seen.pod(app).getMetadata().getName();
        return servers.alerts().findValues("labels").stream()
                .filter(labels -> labels.path("alertname").asText().equals("JvmSecurityFinding")
                        && labels.path("pod").asText().equals(pod))
                .map(JsonNode::toString)
                .toList();
    }

    private static String policy(String app, String jvm) {
        return Pods.policy(
                app,
                app,
                """
                notify: [oncall]
                security: {jvm: {interval: 1m%s}, falco: {}}
                responses:
                - {when: {finding: Critical}, actions: [Event, Notify, Restart]}
                - {when: {finding: Low}, actions: [Event, Notify]}
                """
                        .formatted(jvm));
    }
}
