package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.heapwarden.api.MemoryPolicySpec.Mode;
import io.heapwarden.api.Security;
import io.heapwarden.api.Security.Falco;
import io.heapwarden.api.Security.JvmChecks;
import io.heapwarden.security.FindingSource;
import io.heapwarden.security.Observation;
import io.heapwarden.security.Severity;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class SecureConditionTest {

    private static final Security JVM = new Security(null, new JvmChecks(null, null), null, null);

    KubernetesClient client;

    private Operated operated;

    @BeforeEach
    void start() {
        client.resource(Shop.pod()).create();
        operated = new Operated(client, new ScriptedEvictor());
        operated.watch();
    }

    @AfterEach
    void stop() {
        operated.close();
    }

    @Test
    void nobodyKnowsWhereNobodyLooks() {
        assertThat(condition(new Security(null, null, null, null)))
                .satisfies(condition -> assertThat(condition.getReason()).isEqualTo("NotAsked"))
                .satisfies(condition -> assertThat(condition.getStatus()).isEqualTo("Unknown"));
    }

    @Test
    void aMildFindingLeavesAPolicySecure() {
        Condition condition = condition(JVM, Severity.Medium, Severity.Low);

        assertThat(condition.getStatus()).isEqualTo("True");
    }

    @Test
    void aSevereOneIsNamedWithItsPodTheWorstFirst() {
        Condition condition = condition(JVM, Severity.High, Severity.Critical);

        assertThat(condition.getStatus()).isEqualTo("False");
        assertThat(condition.getReason()).isEqualTo("CriticalFindings");
        assertThat(condition.getMessage()).startsWith("pod " + Shop.POD + ": rule-Critical");
    }

    @Test
    void aPolicyThatWantsFalcoWhereNobodyListensIsTold() {
        Condition condition = condition(new Security(new Falco(null, null), null, null, null));

        assertThat(condition.getStatus()).isEqualTo("Unknown");
        assertThat(condition.getReason()).isEqualTo("FalcoNotConnected");
        assertThat(condition.getMessage()).contains("spec.security.falco is set and the token cannot be read");
    }

    private Condition condition(Security security, Severity... severities) {
        PolicyPlan plan = operated.plan(Shop.secured(Mode.Observe, security));
        PodMonitor monitor = operated.monitor(operated.podWatch.get(Shop.NAMESPACE, Shop.POD), plan);
        for (Severity severity : severities) {
            monitor.findings()
                    .see(
                            new Observation(
                                    new Observation.Key(FindingSource.Jvm, "rule-" + severity, "app", ""),
                                    severity,
                                    "seen",
                                    "mend",
                                    "",
                                    false),
                            operated.clock.instant());
        }
        Conditions conditions = new Conditions(null, 3L, operated.clock);
        SecureCondition.say(conditions, plan, List.of(monitor), "the token cannot be read");
        return conditions.list().getFirst();
    }
}
