package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicySpec;
import io.heapwarden.api.MemoryPolicySpec.Mode;
import io.heapwarden.api.Sampling;
import io.heapwarden.api.Sampling.Channel;
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
        assertThat(condition.getReason()).isEqualTo("NotAllLookedAt");
        assertThat(condition.getMessage()).contains("spec.security.falco is set and the token cannot be read");
    }

    @Test
    void whereTheJvmCannotBeLookedAtNobodySaysItIsSecure() {
        MemoryPolicy policy = Shop.secured(Mode.Observe, JVM);
        MemoryPolicySpec spec = policy.getSpec();
        policy.setSpec(new MemoryPolicySpec(
                spec.selector(),
                null,
                spec.mode(),
                new Sampling(null, null, List.of(Channel.Metrics)),
                null,
                JVM,
                spec.responses(),
                spec.restart(),
                null,
                null));

        Condition condition = condition(policy);

        assertThat(condition.getStatus()).isEqualTo("Unknown");
        assertThat(condition.getMessage()).contains("spec.security.jvm looks by exec", "add Exec");
    }

    private Condition condition(Security security, Severity... severities) {
        return condition(Shop.secured(Mode.Observe, security), severities);
    }

    private Condition condition(MemoryPolicy policy, Severity... severities) {
        PolicyPlan plan = operated.plan(policy);
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
        SecurityObstacles obstacles = new SecurityObstacles(
                new SecurityChecks(List.of(new JvmSecurityCheck(null))), () -> "the token cannot be read");
        SecureCondition.say(conditions, plan, List.of(monitor), obstacles.of(plan));
        return conditions.list().getFirst();
    }
}
