package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.heapwarden.api.MemoryPolicySpec.Mode;
import io.heapwarden.api.Security;
import io.heapwarden.api.Security.Falco;
import io.heapwarden.security.falco.FalcoEvent;
import io.heapwarden.security.falco.FalcoEventParser;
import io.heapwarden.security.falco.FalcoPriority;
import io.heapwarden.security.falco.Reading;
import io.heapwarden.security.falco.RunningPod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class FalcoIntakeTest {

    private static final String SHELL = "Terminal shell in container";

    KubernetesMockServer server;
    KubernetesClient client;

    private Applied annotations;
    private Operated operated;
    private FalcoIntake intake;
    private Pod pod;

    @BeforeEach
    void start() {
        Applied.to(server, PolicyStatusWriterTest.STATUS);
        annotations = Applied.to(server, "/api/v1/namespaces/shop/pods/" + Shop.POD);
        client.resource(Shop.pod()).create();
        operated = new Operated(client, new ScriptedEvictor());
        operated.watch();
        pod = operated.podWatch.get(Shop.NAMESPACE, Shop.POD);
        intake = new FalcoIntake(operated.monitors, operated.findings);
    }

    @AfterEach
    void stop() {
        operated.close();
    }

    @Test
    void anEventThatThePolicySelectsIsAnsweredWithoutATurn() {
        follow(new Falco(FalcoPriority.Warning, List.of(SHELL)));

        intake.handle(running(), "app", event(SHELL, "Critical"));

        await().atMost(Duration.ofSeconds(10))
                .until(() -> !annotations.patches().isEmpty());
        assertThat(annotations
                        .last()
                        .at("/metadata/annotations/heapwarden.io~1finding")
                        .asText())
                .isEqualTo("Critical: " + SHELL);
    }

    @Test
    void whatIsTooMildOrOfAnotherRuleIsNone() {
        PodMonitor monitor = follow(new Falco(FalcoPriority.Warning, List.of(SHELL)));

        intake.handle(running(), "app", event(SHELL, "Notice"));
        intake.handle(running(), "app", event("Another rule", "Critical"));

        assertThat(monitor.findings().findings()).isEmpty();
    }

    @Test
    void aPolicyThatDoesNotAskForFalcoHearsNothing() {
        PodMonitor monitor = follow(null);

        intake.handle(running(), "app", event(SHELL, "Critical"));

        assertThat(monitor.findings().findings()).isEmpty();
    }

    @Test
    void anEventOfAPodBeforeOfTheSameNameIsNone() {
        PodMonitor monitor = follow(new Falco(null, null));

        intake.handle(
                new RunningPod(Shop.NAMESPACE, Shop.POD, "uid-before", Map.of()), "app", event(SHELL, "Critical"));

        assertThat(monitor.findings().findings()).isEmpty();
    }

    private PodMonitor follow(Falco falco) {
        operated.monitors.follow(pod, operated.plan(Shop.secured(Mode.Observe, new Security(falco, null, null, null))));
        return operated.monitors.of(PodKey.of(pod));
    }

    private RunningPod running() {
        return new RunningPod(Shop.NAMESPACE, Shop.POD, pod.getMetadata().getUid(), Map.of());
    }

    private FalcoEvent event(String rule, String priority) {
        String json =
                """
                {"time":"%s","rule":"%s","priority":"%s","output":"x","output_fields":{"proc.name":"sh"}}"""
                        .formatted(operated.clock.instant(), rule, priority);
        Reading reading = FalcoEventParser.parse(json.getBytes(StandardCharsets.UTF_8), operated.clock.instant());
        return ((Reading.Read) reading).event();
    }
}
