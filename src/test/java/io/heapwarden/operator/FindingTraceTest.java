package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicySpec.Mode;
import io.heapwarden.api.Response;
import io.heapwarden.api.Response.Action;
import io.heapwarden.api.Response.When;
import io.heapwarden.api.Security;
import io.heapwarden.api.Security.Falco;
import io.heapwarden.security.FindingSource;
import io.heapwarden.security.Observation;
import io.heapwarden.security.Severity;
import io.heapwarden.telemetry.Tracing;
import io.heapwarden.telemetry.otlp.OtlpSettings;
import io.heapwarden.telemetry.otlp.OtlpStandIn;
import io.heapwarden.telemetry.otlp.OtlpTracing;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a finding leaves behind beside its Event: spans, times and lines of the audit log. */
@EnableKubernetesMockClient(crud = true)
class FindingTraceTest {

    private static final String NAME = "checkout-6c9-0";
    private static final Logger AUDIT = Logger.getLogger("io.heapwarden.audit");
    private static final Observation SHELL = new Observation(
            new Observation.Key(FindingSource.Falco, "Terminal shell in container", "app", "sh"),
            Severity.Critical,
            "sh was started by java",
            "Find out who did it",
            "mitre_execution",
            true);

    KubernetesMockServer server;
    KubernetesClient client;

    private final ScriptedEvictor evictor = new ScriptedEvictor();
    private final List<String> audited = new ArrayList<>();
    private final Handler audit = new Handler() {
        @Override
        public void publish(LogRecord record) {
            audited.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private OtlpStandIn collector;
    private Tracing tracing;
    private Operated operated;

    @BeforeEach
    void start() throws Exception {
        AUDIT.addHandler(audit);
        Applied.to(server, PolicyStatusWriterTest.STATUS);
        Applied.to(server, "/api/v1/namespaces/shop/pods/" + NAME);
        Applied.to(server, "/apis/heapwarden.io/v1alpha1/namespaces/shop/memoryreports/" + NAME);
        Applied.to(server, "/apis/heapwarden.io/v1alpha1/namespaces/shop/memoryreports/" + NAME + "/status");
        for (int i = 0; i < 6; i++) {
            client.resource(Shop.pod("checkout-6c9-" + i)).create();
        }
        client.resource(Shop.deployment(6)).create();
        collector = new OtlpStandIn();
        tracing = OtlpTracing.start(new OtlpSettings(collector.endpoint(), null, "1.2.3", "heapwarden-0"));
        operated = new Operated(client, evictor, tracing);
        operated.watch();
    }

    @AfterEach
    void stop() {
        AUDIT.removeHandler(audit);
        operated.close();
        tracing.close();
        collector.close();
    }

    @Test
    void anActIsBelowItsFindingAndTheirTraceIsInTheEvents() {
        see(Mode.Enforce, Duration.ofMillis(300), Action.Event, Action.Restart);
        tracing.close();

        Span finding = collector.spans("finding").getFirst();
        Span act = collector.spans("act").getFirst();
        assertThat(act.getParentSpanId()).isEqualTo(finding.getSpanId());
        assertThat(OtlpStandIn.attributes(finding.getAttributesList()))
                .containsAllEntriesOf(Map.of(
                        "security.risk",
                        "Critical",
                        "security.rule",
                        "Terminal shell in container",
                        "security.source",
                        "Falco",
                        "heapwarden.namespace",
                        "shop",
                        "heapwarden.pod",
                        NAME));
        assertThat(OtlpStandIn.attributes(act.getAttributesList()))
                .containsAllEntriesOf(Map.of(
                        "heapwarden.decision",
                        "Allowed",
                        "heapwarden.outcome",
                        "Evicted",
                        "heapwarden.policy",
                        "checkout"));
        String tail = " (trace " + OtlpStandIn.traceId(finding) + ")";
        assertThat(message("SecurityFinding")).endsWith(tail);
        assertThat(message("Restarted")).endsWith(tail);
    }

    @Test
    void theTimesToDetectAndToActAreCounted() {
        see(Mode.Observe, Duration.ofMillis(300), Action.Annotate);

        assertThat(timer("heapwarden.finding.detect").totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(300);
        assertThat(timer("heapwarden.finding.act").count()).isEqualTo(1);
    }

    @Test
    void aFindingThatIsOnlyToldIsNotCountedAsActedOn() {
        see(Mode.Observe, Duration.ZERO, Action.Event);

        assertThat(operated.registry.find("heapwarden.finding.act").timer()).isNull();
    }

    @Test
    void anEvictionIsAuditedBeforeAndAfterWithItsPolicyAndReason() {
        see(Mode.Enforce, Duration.ZERO, Action.Restart);

        assertThat(audited).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("\"act\":\"Evict\"", "\"pod\":\"" + NAME + "\"", "\"policy\":\"checkout\"")
                .contains("Terminal shell in container"));
        assertThat(audited.getFirst()).contains("\"outcome\":\"Intended\"");
        assertThat(audited.getLast()).contains("\"outcome\":\"Evicted\"");
    }

    private Timer timer(String name) {
        return operated.registry
                .get(name)
                .tags("source", "Falco", "severity", "Critical")
                .timer();
    }

    private void see(Mode mode, Duration late, Action... actions) {
        MemoryPolicy policy = Shop.secured(
                mode,
                new Security(new Falco(null, null), null, null, null),
                new Response(new When(null, null, Severity.Critical), List.of(actions)));
        policy.getMetadata().setResourceVersion("4711");
        server.expect()
                .get()
                .withPath("/apis/heapwarden.io/v1alpha1/namespaces/shop/memorypolicies/checkout")
                .andReply(200, request -> policy)
                .always();
        Pod pod = operated.podWatch.get(Shop.NAMESPACE, NAME);
        PodMonitor monitor = operated.monitor(pod, operated.plan(policy));
        operated.findings.take(monitor, SHELL, operated.clock.instant().minus(late));
        operated.awaitPublished();
    }

    private String message(String reason) {
        return await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> client.v1().events().inNamespace(Shop.NAMESPACE).list().getItems().stream()
                                .filter(event -> event.getReason().equals(reason))
                                .map(Event::getMessage)
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }
}
