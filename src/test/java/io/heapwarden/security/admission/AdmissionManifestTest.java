package io.heapwarden.security.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.heapwarden.security.images.AllowedRegistries;
import io.heapwarden.security.images.ImageAdmissionRules;
import io.heapwarden.security.images.ImageReference;
import io.heapwarden.security.images.ImageRules;
import io.heapwarden.security.podstandards.PodSecurity;
import io.heapwarden.security.podstandards.PodStandard;
import io.heapwarden.security.podstandards.StandardRules;
import io.heapwarden.security.podstandards.UpstreamPod;
import io.heapwarden.security.podstandards.Violation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules in CEL compile and refuse exactly what the checks report. */
class AdmissionManifestTest {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    @ParameterizedTest
    @ValueSource(ints = {34, 37})
    void everyUpstreamPodIsRefusedByTheChecksThatItBreaks(int minor) throws Exception {
        for (PodStandard standard : PodStandard.values()) {
            EvaluatedManifest rules = new EvaluatedManifest(
                    manifest(StandardRules.of(standard, minor)).toPolicy());
            for (UpstreamPod example :
                    Stream.of("v1.34", "v1.37").flatMap(UpstreamPod::all).toList()) {
                Set<String> reported = PodSecurity.violations(example.pod(), standard, minor).stream()
                        .map(Violation::check)
                        .collect(Collectors.toSet());

                assertThat(rules.refusals(example.pod()).keySet())
                        .as("%s", example)
                        .isEqualTo(reported);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PodStandard.class)
    void everyCheckCountsForEphemeralContainersToo(PodStandard standard) throws Exception {
        Pod pod = Serialization.unmarshal(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: p, annotations: {container.apparmor.security.beta.kubernetes.io/e: unconfined}}
                spec:
                  hostUsers: false
                  containers: [{name: app}]
                  ephemeralContainers:
                  - {name: e, securityContext: {privileged: true, runAsUser: 0, procMount: Unmasked, capabilities: {add: [NET_RAW]}}}
                """,
                Pod.class);
        for (int minor : List.of(33, 34, 35, 37)) {
            Set<String> reported = PodSecurity.violations(pod, standard, minor).stream()
                    .map(Violation::check)
                    .collect(Collectors.toSet());
            EvaluatedManifest rules = new EvaluatedManifest(
                    manifest(StandardRules.of(standard, minor)).toPolicy());

            assertThat(rules.refusals(pod).keySet()).isEqualTo(reported);
        }
    }

    @Test
    void theMessageNamesTheContainersTheFieldTheFixAndThePolicy() throws Exception {
        Pod pod = Serialization.unmarshal(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec: {hostPID: true, containers: [{name: one, securityContext: {privileged: true}}, {name: two, securityContext: {privileged: true}}]}
                """,
                Pod.class);

        Map<String, String> refusals = new EvaluatedManifest(
                        manifest(StandardRules.of(PodStandard.Baseline, 34)).toPolicy())
                .refusals(pod);

        assertThat(refusals)
                .containsEntry(
                        "privileged",
                        "set securityContext.privileged: false for the containers (MemoryPolicy shop/it's, privileged): one, two")
                .hasEntrySatisfying(
                        "hostNamespaces", message -> assertThat(message).endsWith(": spec.hostPID"));
    }

    @Test
    void imagesAreRefusedAsTheyAreReported() throws Exception {
        List<String> images = List.of(
                "nginx",
                "nginx:1.27",
                "team/app@" + DIGEST,
                "docker.io/nginx",
                "index.docker.io/nginx:2",
                "docker.io/library/nginx",
                "r.io/team/app:1",
                "r.io/team/app@" + DIGEST,
                "r.io/team/app:1@" + DIGEST,
                "r.io/teams/app",
                "r.io/team",
                "r.io:5000/team/app",
                "R.io/team/app",
                "localhost/app",
                "localhost:5000/app",
                "evil.example/r.io/team/app",
                "r.io.evil.example/team/app");
        for (String allowed : List.of(
                "r.io",
                "r.io/team",
                "r.io/team/app",
                "r.io:5000",
                "docker.io",
                "library",
                "team",
                "localhost",
                "index.docker.io")) {
            AllowedRegistries registries = AllowedRegistries.of(List.of(allowed));
            EvaluatedManifest rules =
                    new EvaluatedManifest(manifest(ImageAdmissionRules.of(new ImageRules(registries, true)))
                            .toPolicy());
            for (String image : images) {
                Map<String, String> refusals = rules.refusals(pod(image));

                assertThat(refusals.containsKey("allowedRegistries"))
                        .as("%s allows %s", allowed, image)
                        .isEqualTo(!registries.allow(ImageReference.parse(image)));
                assertThat(refusals.containsKey("requireDigest")).as(image).isEqualTo(!image.contains("@"));
            }
        }
    }

    @Test
    void aTextOfAPolicyCannotLeaveItsPlaceInAnExpression() throws Exception {
        AdmissionRule rule = AdmissionRule.ofContainers("x", "true", "don't \\ '");

        assertThat(new EvaluatedManifest(manifest(List.of(rule)).toPolicy()).refusals(pod("a")))
                .hasEntrySatisfying("x", message -> assertThat(message).startsWith("don't \\ ' ("));
    }

    @Test
    void podsThatAreThereAreAskedOnlyWhenTheirSpecChanges() throws Exception {
        EvaluatedManifest rules = new EvaluatedManifest(
                manifest(StandardRules.of(PodStandard.Baseline, 34)).toPolicy());
        Map<String, Object> before = EvaluatedManifest.fields(pod("a"));
        Map<String, Object> labelled = EvaluatedManifest.fields(new PodBuilder(pod("a"))
                .editMetadata()
                .addToLabels("a", "b")
                .endMetadata()
                .build());

        assertThat(rules.matches("CREATE", before, Map.of())).isTrue();
        assertThat(rules.matches("UPDATE", labelled, before)).isFalse();
        assertThat(rules.matches("UPDATE", EvaluatedManifest.fields(pod("b")), before))
                .isTrue();
    }

    @Test
    void theBindingChoosesTheNamespaceAndThePods() {
        AdmissionManifest manifest = manifest(StandardRules.of(PodStandard.Restricted, 34));
        ValidatingAdmissionPolicyBinding binding = manifest.toBinding();

        assertThat(binding.getSpec().getPolicyName()).isEqualTo("heapwarden.shop.it's");
        assertThat(binding.getSpec().getValidationActions()).containsExactly("Deny");
        assertThat(binding.getSpec().getMatchResources().getNamespaceSelector().getMatchLabels())
                .containsExactly(Map.entry("kubernetes.io/metadata.name", "shop"));
        assertThat(binding.getSpec().getMatchResources().getObjectSelector().getMatchLabels())
                .containsExactly(Map.entry("app", "checkout"));
    }

    @Test
    void theYamlIsReadBackAsItWas() {
        AdmissionManifest manifest = manifest(StandardRules.of(PodStandard.Restricted, 34));
        String[] documents = manifest.toYaml().split("(?m)^---\n");

        assertThat(documents).hasSize(2);
        assertThat(Serialization.unmarshal(documents[0], ValidatingAdmissionPolicy.class))
                .isEqualTo(manifest.toPolicy());
        assertThat(Serialization.unmarshal(documents[1], ValidatingAdmissionPolicyBinding.class))
                .isEqualTo(manifest.toBinding());
    }

    @Test
    void aLongNameIsCutAndStaysItsOwn() {
        String one = named("p".repeat(253)).name();
        String other = named("p".repeat(252) + "q").name();

        assertThat(one).hasSize(253).isNotEqualTo(other);
        assertThat(named("p").name()).isEqualTo("heapwarden.shop.p");
    }

    private static AdmissionManifest named(String policy) {
        return new AdmissionManifest(
                "shop", policy, new LabelSelectorBuilder().build(), AdmissionManifest.Action.Deny, List.of());
    }

    private static AdmissionManifest manifest(List<AdmissionRule> rules) {
        return new AdmissionManifest(
                "shop",
                "it's",
                new LabelSelectorBuilder().addToMatchLabels("app", "checkout").build(),
                AdmissionManifest.Action.Deny,
                rules);
    }

    private static Pod pod(String image) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withImage(image)
                .endContainer()
                .endSpec()
                .build();
    }
}
