package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.Response;
import io.heapwarden.api.Response.Action;
import io.heapwarden.api.Response.When;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.response.notify.DeliveryMetrics;
import io.heapwarden.response.notify.Notifier;
import io.heapwarden.response.notify.NotifySettings;
import io.heapwarden.security.FindingSource;
import io.heapwarden.security.Observation;
import io.heapwarden.security.Severity;
import io.heapwarden.telemetry.Tracing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class NoticesTest {

    KubernetesClient client;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> severities = new CopyOnWriteArrayList<>();
    private HttpServer sink;
    private Notifier notifier;
    private Operated operated;
    private Notices notices;
    private PolicyPlan plan;
    private PodView last;

    @BeforeEach
    void start() throws IOException {
        sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sink.createContext("/", exchange -> {
            JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
            received.add(body.path("kind").asText());
            severities.add(body.path("severity").asText());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        sink.start();
        notifier = new Notifier(
                NotifySettings.parse("receivers: [{name: audit, type: Webhook, url: 'http://127.0.0.1:"
                        + sink.getAddress().getPort() + "/'}]"),
                DeliveryMetrics.NONE,
                Clock.systemUTC());
        notices = new Notices(notifier, Clock.systemUTC());
        operated = new Operated(client, new ScriptedEvictor());
        plan = operated.plan(Shop.telling("audit"));
    }

    @AfterEach
    void stop() {
        notifier.close();
        operated.close();
        sink.stop(0);
    }

    @Test
    void aHealthyPodIsNoNews() {
        tell(State.WarmingUp, Verdict.WarmingUp);
        tell(State.Healthy, Verdict.Healthy);
        tell(State.Leaking, Verdict.RetentionLeak);

        await().untilAsserted(() -> assertThat(received).containsExactly("LeakConfirmed"));
    }

    @Test
    void theEndOfALeakIsToldOnce() {
        tell(State.Leaking, Verdict.RetentionLeak);
        tell(State.Critical, Verdict.RetentionLeak);
        tell(State.Healthy, Verdict.Healthy);
        tell(State.Healthy, Verdict.Healthy);
        tell(State.Leaking, Verdict.RetentionLeak);

        await().untilAsserted(() ->
                assertThat(received).containsExactly("LeakConfirmed", "Critical", "Recovered", "LeakConfirmed"));
    }

    @Test
    void thatALeakingPodIsGoneIsToldToo() {
        tell(State.Healthy, Verdict.Healthy);
        notices.gone(plan, last);
        tell(State.Leaking, Verdict.RetentionLeak);
        notices.gone(plan, last);
        notices.gone(plan, last);
        tell(State.Leaking, Verdict.RetentionLeak);

        await().untilAsserted(() -> assertThat(received).containsExactly("LeakConfirmed", "PodGone", "LeakConfirmed"));
    }

    @Test
    void aFindingIsToldAsLongAsItStandsAndEndsWithItsPod() {
        MemoryPolicy policy =
                Shop.telling("audit", new Response(new When(null, null, Severity.High), List.of(Action.Notify)));
        policy.getMetadata().setGeneration(4L);
        plan = operated.plan(policy);
        client.resource(Shop.pod()).create();
        operated.watch();
        PodMonitor monitor = operated.monitor(operated.podWatch.get(Shop.NAMESPACE, Shop.POD), plan);
        FindingNews news =
                new FindingNews(operated.policyEvents, notices, operated.metrics, Tracing.OFF, operated.clock);
        monitor.findings().see(finding("debug-port-open", Severity.Critical), operated.clock.instant());
        monitor.findings().see(finding("root-writable", Severity.Low), operated.clock.instant());

        news.standing(plan, monitor);
        news.standing(plan, monitor);
        news.gone(plan, monitor);

        await().untilAsserted(() -> assertThat(received).containsExactly("Finding", "FindingResolved"));
        assertThat(severities).containsExactly("Critical", "Info");
    }

    private static Observation finding(String rule, Severity severity) {
        return new Observation(
                new Observation.Key(FindingSource.Jvm, rule, "app", "5005"), severity, "is so", "Change it", "", false);
    }

    private void tell(State state, Verdict verdict) {
        last = Views.pod(Views.container(state, verdict));
        notices.tell(plan, last, true);
    }
}
