package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.heapwarden.response.WorkloadView.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadFactsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            replicas: 3}, status: {replicas: 3, updatedReplicas: 3                                     | -                                      | false
            replicas: 3}, status: {replicas: 4, updatedReplicas: 1                                     | 1 of 4 pods are of the new revision    | false
            replicas: 3}, status: {replicas: 2, updatedReplicas: 2                                     | it has 2 pods and wants 3              | true
            replicas: 5}, status: {replicas: 3, updatedReplicas: 3                                     | it has 3 pods and wants 5              | true
            replicas: 3}, status: {replicas: 3, updatedReplicas: 3, conditions: [{type: Progressing, reason: ProgressDeadlineExceeded}] | 3 of 3 pods are of the new revision | false
            replicas: 3}, status: {replicas: 3, updatedReplicas: 3, conditions: [{type: Progressing, reason: NewReplicaSetAvailable}]   | - | false
            replicas: 3}, status: {replicas: 3, updatedReplicas: 3, observedGeneration: 1              | its controller has not seen the last change yet | false
            """)
    void ofADeployment(String fields, String change, boolean scaling) {
        Deployment deployment = Serialization.unmarshal(
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, generation: 2}\nspec: {"
                        + fields.replace("}, status", "}\nstatus") + "}",
                Deployment.class);
        Update update = WorkloadFacts.of(deployment).update();

        assertThat(update.change()).isEqualTo(change.equals("-") ? null : change);
        assertThat(update.scaling()).isEqualTo(scaling);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            replicas: 1                                                                       | true  | true
            replicas: 1, paused: true                                                         | false | true
            replicas: 1, strategy: {type: Recreate}                                           | true  | false
            replicas: 1, strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 0}}        | true  | false
            replicas: 1, strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: '0%'}}     | true  | false
            replicas: 1, strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}        | true  | true
            """)
    void howADeploymentRolls(String spec, boolean rolls, boolean surges) {
        Update update = WorkloadFacts.of(Serialization.unmarshal(
                        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {" + spec
                                + "}\nstatus: {replicas: 1, updatedReplicas: 1}",
                        Deployment.class))
                .update();

        assertThat(update.rolls()).isEqualTo(rolls);
        assertThat(update.surges()).isEqualTo(surges);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {type: RollingUpdate}                                | a | a | -                                   | a | true
            {type: RollingUpdate}                                | a | b | 1 of 3 pods are of the new revision | b | true
            {type: RollingUpdate, rollingUpdate: {partition: 2}} | a | b | -                                   | - | true
            {type: OnDelete}                                     | a | b | -                                   | - | false
            """)
    void ofAStatefulSet(String strategy, String current, String next, String change, String revision, boolean rolls) {
        Update update = WorkloadFacts.of(Serialization.unmarshal(
                        "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: web}\nspec: {replicas: 3, updateStrategy: "
                                + strategy + "}\nstatus: {replicas: 3, updatedReplicas: 1, currentRevision: " + current
                                + ", updateRevision: " + next + "}",
                        StatefulSet.class))
                .update();

        assertThat(update.change()).isEqualTo(change.equals("-") ? null : change);
        assertThat(update.revision()).isEqualTo(revision.equals("-") ? null : revision);
        assertThat(update.rolls()).isEqualTo(rolls);
    }

    @Test
    void ofADaemonSet() {
        WorkloadFacts facts = WorkloadFacts.of(Serialization.unmarshal(
                "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: web}\nspec: {updateStrategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}\n"
                        + "status: {desiredNumberScheduled: 3, updatedNumberScheduled: 2}",
                DaemonSet.class));

        assertThat(facts.desired()).isEqualTo(3);
        assertThat(facts.update().change()).isEqualTo("2 of 3 pods are of the new revision");
        assertThat(facts.update().surges()).isTrue();
    }

    @Test
    void ofAnArgoRollout() {
        assertThat(rollout("{replicas: 3}\nstatus: {phase: Progressing}")
                        .update()
                        .change())
                .isEqualTo("its phase is Progressing");
        assertThat(rollout("{replicas: 3}\nstatus: {phase: Healthy}").update().change())
                .isNull();
        assertThat(rollout("{paused: true}").update().rolls()).isFalse();
    }

    private static WorkloadFacts rollout(String spec) {
        return WorkloadFacts.of(Serialization.unmarshal(
                "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: web}\nspec: " + spec,
                GenericKubernetesResource.class));
    }
}
