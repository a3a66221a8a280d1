package io.heapwarden.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChartRenderingTest {

    private static final String TWO_NAMESPACES = "watchNamespaces={shop,bar}";

    @Test
    void lintFindsNothing() {
        assertThat(Helm.run("lint", "--strict", Helm.CHART.toString()).output())
                .contains("0 chart(s) failed")
                .doesNotContain("[WARNING]", "[ERROR]");
    }

    @Test
    void withoutNamespacesOneClusterRoleIsBoundOnce() {
        Manifests all = Helm.template();

        assertThat(all.all(ClusterRole.class))
                .extracting(role -> role.getMetadata().getName())
                .containsExactlyInAnyOrder("heapwarden", "heapwarden-view", "heapwarden-edit");
        ClusterRoleBinding binding = all.only(ClusterRoleBinding.class);
        assertThat(binding.getRoleRef().getName()).isEqualTo("heapwarden");
        assertThat(binding.getSubjects()).containsExactly(operator());
        assertThat(all.all(Role.class))
                .extracting(role -> role.getMetadata().getNamespace())
                .containsExactly(Helm.NAMESPACE);
    }

    @Test
    void withNamespacesNothingButTheCrdsIsClusterScoped() {
        Manifests all = Helm.template("--set", TWO_NAMESPACES);

        assertThat(all.kinds()).doesNotContain("ClusterRole", "ClusterRoleBinding");
        assertThat(all.objects())
                .filteredOn(object -> object.getMetadata().getNamespace() == null)
                .allMatch(object -> object.getKind().equals("CustomResourceDefinition"));
        assertThat(all.all(Role.class))
                .extracting(role -> role.getMetadata().getNamespace(), role -> role.getMetadata()
                        .getName())
                .containsExactlyInAnyOrder(
                        tuple("shop", "heapwarden"),
                        tuple("bar", "heapwarden"),
                        tuple(Helm.NAMESPACE, "heapwarden-leader"));
        assertThat(all.all(RoleBinding.class)).hasSize(3).allSatisfy(binding -> assertThat(binding.getSubjects())
                .containsExactly(operator()));
    }

    @Test
    void withNamespacesAndCrdsFromElsewhereNothingIsClusterScoped() {
        assertThat(Helm.template("--set", TWO_NAMESPACES, "--set", "crds.install=false")
                        .objects())
                .allSatisfy(object ->
                        assertThat(object.getMetadata().getNamespace()).isNotBlank());
    }

    @Test
    void noListIsTheSameAsAnEmptyOne() {
        assertThat(Helm.template("--set", "watchNamespaces=null"))
                .isEqualTo(Helm.template("--set-json", "watchNamespaces=[]"));
    }

    @Test
    void bothWatchersAreToldTheNamespaces() {
        assertThat(environment(Helm.template()))
                .containsEntry("QUARKUS_OPERATOR_SDK_CONTROLLERS_MEMORYPOLICY_NAMESPACES", "JOSDK_ALL_NAMESPACES")
                .containsEntry("HEAPWARDEN_NAMESPACES", "")
                .containsEntry("QUARKUS_LOG_CATEGORY__IO_HEAPWARDEN__LEVEL", "INFO");
        assertThat(environment(Helm.template("--set", TWO_NAMESPACES, "--set", "logLevel=DEBUG")))
                .containsEntry("QUARKUS_OPERATOR_SDK_CONTROLLERS_MEMORYPOLICY_NAMESPACES", "shop,bar")
                .containsEntry("HEAPWARDEN_NAMESPACES", "shop,bar")
                .containsEntry("QUARKUS_LOG_CATEGORY__IO_HEAPWARDEN__LEVEL", "DEBUG");
    }

    @Test
    void theImageIsWhatTheValuesSay() {
        var container = Helm.template(
                        "--set", "image.repository=registry.example:5000/team/heapwarden,image.tag=1.2.3",
                        "--set", "image.pullPolicy=Never")
                .only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);

        assertThat(container.getImage()).isEqualTo("registry.example:5000/team/heapwarden:1.2.3");
        assertThat(container.getImagePullPolicy()).isEqualTo("Never");
        assertThat(container.getArgs()).containsExactly("operator");
    }

    @Test
    void aSecondReplicaComesWithABudgetAndPrefersAnotherNode() {
        assertThat(Helm.template().all(PodDisruptionBudget.class)).isEmpty();

        Manifests two = Helm.template("--set", "replicas=2");
        Deployment deployment = two.only(Deployment.class);
        Map<String, String> pod =
                deployment.getSpec().getTemplate().getMetadata().getLabels();

        assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
        assertThat(pod).containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
        assertThat(pod)
                .containsAllEntriesOf(two.only(PodDisruptionBudget.class)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels());
        assertThat(deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getAffinity()
                        .getPodAntiAffinity()
                        .getPreferredDuringSchedulingIgnoredDuringExecution())
                .hasSize(1);
    }

    @Test
    void theServiceLeadsToTheMetricsPort() {
        Manifests all = Helm.template();
        var pod = all.only(Deployment.class).getSpec().getTemplate();
        Service service = all.only(Service.class);

        assertThat(pod.getMetadata().getLabels())
                .containsAllEntriesOf(service.getSpec().getSelector());
        assertThat(pod.getSpec().getContainers().get(0).getPorts())
                .extracting(port -> port.getName(), port -> port.getContainerPort())
                .containsExactly(tuple("http", 8080));
        assertThat(service.getSpec().getPorts().get(0).getTargetPort().getStrVal())
                .isEqualTo("http");
    }

    @Test
    void aServiceMonitorIsMadeOnRequestOnly() {
        assertThat(Helm.template().kinds()).doesNotContain("ServiceMonitor");

        GenericKubernetesResource monitor = Helm.template(
                        "--set", "serviceMonitor.enabled=true,serviceMonitor.labels.release=prometheus")
                .only(GenericKubernetesResource.class);
        assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "prometheus");
        assertThat(monitor.<String>get("spec", "endpoints", 0, "path")).isEqualTo("/q/metrics");
        assertThat(monitor.<Boolean>get("spec", "endpoints", 0, "honorLabels")).isTrue();
    }

    private static Subject operator() {
        return new Subject(null, "ServiceAccount", "heapwarden", Helm.NAMESPACE);
    }

    private static Map<String, String> environment(Manifests all) {
        return all.only(Deployment.class).getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream()
                .filter(variable -> variable.getValueFrom() == null)
                .collect(Collectors.toMap(
                        EnvVar::getName, variable -> variable.getValue() == null ? "" : variable.getValue()));
    }
}
