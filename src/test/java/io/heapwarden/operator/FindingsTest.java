package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.heapwarden.api.FindingReport;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicySpec.Mode;
import io.heapwarden.api.Response;
import io.heapwarden.api.Response.Action;
import io.heapwarden.api.Response.When;
import io.heapwarden.api.Security;
import io.heapwarden.api.Security.Falco;
import io.heapwarden.api.Security.JvmChecks;
import io.heapwarden.security.FindingSource;
import io.heapwarden.security.Observation;
import io.heapwarden.security.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class FindingsTest {

    private static final String NAME = "checkout-6c9-0";
    private static final Response RESTART = new Response(
            new When(null, null, Severity.Critical), List.of(Action.Annotate, Action.Event, Action.Restart));

    KubernetesMockServer server;
    KubernetesClient client;

    private final ScriptedEvictor evictor = new ScriptedEvictor();
    private final List<Observation> standing = new ArrayList<>();
    private Applied annotations;
    private Applied reports;
    private Operated operated;

    @BeforeEach
    void start() {
        Applied.to(server, PolicyStatusWriterTest.STATUS);
        annotations = Applied.to(server, "/api/v1/namespaces/shop/pods/" + NAME);
        Applied.to(server, "/apis/heapwarden.io/v1alpha1/namespaces/shop/memoryreports/" + NAME);
        reports = Applied.to(server, "/apis/heapwarden.io/v1alpha1/namespaces/shop/memoryreports/" + NAME + "/status");
        for (int i = 0; i < 6; i++) {
            client.resource(Shop.pod("checkout-6c9-" + i)).create();
        }
        client.resource(Shop.deployment(6)).create();
        operated = new Operated(client, evictor);
        operated.checks.add((pod, plan, monitor, now) ->
                List.of(monitor.findings().stand(FindingSource.Jvm, "app", standing, now)));
        operated.watch();
    }

    @AfterEach
    void stop() {
        operated.close();
    }

    @Test
    void anEventIsOnThePodInItsReportAndInAnEventAtOnce() {
        Followed followed = follow(Mode.Observe);

        followed.see(Suspicions.shell(Severity.Critical));

        assertThat(annotations.last().at("/metadata/annotations").toString())
                .isEqualTo("{\"heapwarden.io/finding\":\"Critical: Terminal shell in container\"}");
        JsonNode finding = reports.last().at("/status/findings/0");
        assertThat(finding.at("/severity").asText()).isEqualTo("Critical");
        assertThat(finding.at("/remedy").asText()).isEqualTo("Find out who did it");
        assertThat(events("SecurityFinding")).anySatisfy(note -> assertThat(note)
                .contains("Critical: Terminal shell in container in container app", "Find out who did it"));
    }

    @Test
    void whatHappensAgainIsCountedAndNotTold() {
        Followed followed = follow(Mode.Observe);
        followed.see(Suspicions.shell(Severity.Critical));
        int written = reports.patches().size();
        int annotated = annotations.patches().size();

        for (int i = 0; i < 100; i++) {
            followed.see(Suspicions.shell(Severity.Critical));
        }

        assertThat(reports.patches()).hasSize(written);
        assertThat(annotations.patches()).hasSize(annotated);
        assertThat(followed.monitor.findings().findings().getFirst().count()).isEqualTo(101);
    }

    @Test
    void enforceRestartsThePodThroughTheGate() {
        Followed enforced = follow(Mode.Enforce);

        enforced.see(Suspicions.shell(Severity.Critical));

        assertThat(evictor.evicted).singleElement().satisfies(evicted -> assertThat(evicted.name())
                .isEqualTo(NAME));
        assertThat(operated.log.of(enforced.policy).getFirst().outcome()).isEqualTo("Evicted");
    }

    @Test
    void theRestartWaitsForEvidenceThatTheResponseAsksFor() {
        Followed enforced = follow(
                Mode.Enforce,
                new Response(
                        new When(null, null, Severity.Critical),
                        List.of(Action.Event, Action.Evidence, Action.Restart)));
        enforced.monitor.turn();

        enforced.see(Suspicions.shell(Severity.Critical));

        assertThat(evictor.evicted).isEmpty();
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            enforced.monitor.turn();
            return !evictor.evicted.isEmpty();
        });
        assertThat(operated.ordered).singleElement().satisfies(order -> {
            assertThat(order.finding()).isEqualTo("Terminal shell in container");
            assertThat(order.target().container()).isEqualTo("app");
            assertThat(order.judgement().reasons())
                    .containsExactly("Critical finding, Terminal shell in container: sh was started by java");
        });
    }

    @Test
    void aRestartThatAsksForNoEvidenceDoesNotWaitForThatOfAnother() {
        Followed enforced = follow(
                Mode.Enforce,
                new Response(new When(null, null, Severity.Critical), List.of(Action.Restart)),
                new Response(new When(null, null, Severity.High), List.of(Action.Evidence, Action.Restart)));
        enforced.monitor.turn();
        operated.holdEvidence();

        enforced.see(Suspicions.shell(Severity.High));
        assertThat(evictor.evicted).isEmpty();
        enforced.see(Suspicions.memfd());

        assertThat(evictor.evicted).hasSize(1);
    }

    @Test
    void whereNoJvmWasReadTheRestartWaitsForNothing() {
        Followed enforced = follow(
                Mode.Enforce,
                new Response(new When(null, null, Severity.Critical), List.of(Action.Evidence, Action.Restart)));

        enforced.see(Suspicions.shell(Severity.Critical));

        assertThat(operated.ordered).isEmpty();
        assertThat(evictor.evicted).hasSize(1);
    }

    @Test
    void observeOnlySaysWhatItWouldDo() {
        Followed observed = follow(Mode.Observe);

        observed.see(Suspicions.shell(Severity.Critical));

        assertThat(evictor.evicted).isEmpty();
        assertThat(operated.log.of(observed.policy).getFirst().outcome()).isEqualTo("WouldHaveEvicted");
        assertThat(operated.log.of(observed.policy).getFirst().reason())
                .contains("Critical finding, Terminal shell in container");
    }

    @Test
    void aMilderFindingIsNoReasonToRestart() {
        follow(Mode.Enforce).see(Suspicions.shell(Severity.High));

        assertThat(evictor.evicted).isEmpty();
    }

    @Test
    void whatANewPodWouldShowAgainIsRefusedByTheGate() {
        Followed followed = follow(Mode.Enforce);
        standing.add(Suspicions.debugPort());

        followed.monitor.turn();

        assertThat(evictor.evicted).isEmpty();
        followed.monitor.turn();
        assertThat(reports.last().at("/status/restart/outcome").asText()).isEqualTo("RestartDoesNotHelp");
    }

    @Test
    void whatACheckNoLongerFindsIsSaidToBeOver() {
        Followed followed = follow(Mode.Observe);
        standing.add(Suspicions.debugPort());
        followed.monitor.turn();
        standing.clear();

        operated.clock.move(Duration.ofMinutes(1));
        followed.monitor.turn();

        assertThat(reports.last().at("/status/findings").isMissingNode()).isTrue();
        assertThat(events("SecurityFindingOver"))
                .anySatisfy(note -> assertThat(note).contains("No longer found: debug-port-open"));
    }

    @Test
    void aPolicyThatNoLongerAsksForgets() {
        Followed followed = follow(Mode.Observe);
        followed.see(Suspicions.shell(Severity.Critical));

        MemoryPolicy changed = Shop.policy();
        changed.getMetadata().setGeneration(4L);
        followed.monitor.follow(operated.plan(changed));
        followed.monitor.turn();

        assertThat(followed.monitor.findings().findings()).isEmpty();
    }

    @Test
    void aReportBringsBackWhatItTells() {
        Followed followed = follow(Mode.Observe);
        followed.see(Suspicions.shell(Severity.High));
        List<FindingReport> written =
                FindingReports.of(followed.monitor.findings().findings());

        assertThat(FindingReports.read(written))
                .isEqualTo(followed.monitor.findings().findings());
    }

    private List<String> events(String reason) {
        return await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> client.v1().events().inNamespace(Shop.NAMESPACE).list().getItems().stream()
                                .filter(event -> event.getReason().equals(reason))
                                .map(event -> event.getMessage())
                                .toList(),
                        said -> !said.isEmpty());
    }

    private void answerWith(MemoryPolicy policy) {
        policy.getMetadata().setResourceVersion("4711");
        server.expect()
                .get()
                .withPath("/apis/heapwarden.io/v1alpha1/namespaces/shop/memorypolicies/checkout")
                .andReply(200, request -> policy)
                .always();
    }

    private Followed follow(Mode mode) {
        return follow(mode, RESTART);
    }

    private Followed follow(Mode mode, Response... responses) {
        return new Followed(Shop.secured(
                mode, new Security(new Falco(null, null), new JvmChecks(null, null), null, null), responses));
    }

    private final class Followed {
        private final MemoryPolicy policy;
        private final Pod pod;
        private final PodMonitor monitor;

        Followed(MemoryPolicy policy) {
            this.policy = policy;
            this.pod = operated.podWatch.get(Shop.NAMESPACE, NAME);
            answerWith(policy);
            this.monitor = operated.monitor(pod, operated.plan(policy));
        }

        void see(Observation observation) {
            operated.findings.take(monitor, observation, operated.clock.instant());
            operated.awaitPublished();
            operated.awaitPublished();
        }
    }
}
