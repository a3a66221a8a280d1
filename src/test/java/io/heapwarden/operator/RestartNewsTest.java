package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.heapwarden.response.GateDecision.Refused;
import io.heapwarden.response.GateRefusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class RestartNewsTest {

    KubernetesClient client;

    @Test
    void anotherReasonIsToldHoweverSoonItFollowsAndTheSameOneOnlyOnce() {
        Pod pod = client.resource(Shop.pod(Shop.POD)).create();
        try (Operated operated = new Operated(client, new ScriptedEvictor())) {
            PolicyPlan plan = operated.plan(Shop.policy());

            operated.news.refused(pod, plan, new Refused(GateRefusal.CoolingDown, "it cools down", null));
            operated.news.refused(pod, plan, new Refused(GateRefusal.RestartDidNotHelp, "it did not help", null));
            operated.news.refused(pod, plan, new Refused(GateRefusal.CoolingDown, "it still cools down", null));
        }

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        client.v1().events().inNamespace(Shop.NAMESPACE).list().getItems())
                .extracting(Event::getReason, Event::getMessage)
                .containsExactlyInAnyOrder(
                        tuple("RestartRefused", "it cools down"),
                        tuple("RestartRefused", "it did not help"),
                        tuple("RestartRefused", "Pod " + Shop.POD + ": it cools down"),
                        tuple("RestartRefused", "Pod " + Shop.POD + ": it did not help")));
    }
}
