package io.heapwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.heapwarden.security.admission.EvaluatedManifest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The objects that are written of a policy: what they refuse, for whom, and what they say that they do not hold. */
class PolicyAdmissionCommandTest {

    private static final String DIGEST = "@sha256:" + "ab".repeat(32);

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void writesWhatRefusesWhatThePolicyReports() throws Exception {
        assertThat(
                        run(
                                """
                        selector: {matchLabels: {app: checkout}, matchExpressions: [{key: tier, operator: Exists}]}
                          security:
                            podStandard: Restricted
                            images: {allowedRegistries: [r.io/team], requireDigest: true, maxCvss: "7.0"}
                        """))
                .isZero();

        ValidatingAdmissionPolicy policy = Serialization.unmarshal(documents()[0], ValidatingAdmissionPolicy.class);
        ValidatingAdmissionPolicyBinding binding =
                Serialization.unmarshal(documents()[1], ValidatingAdmissionPolicyBinding.class);
        assertThat(policy.getMetadata().getName())
                .isEqualTo("heapwarden.shop.checkout")
                .isEqualTo(binding.getSpec().getPolicyName());
        assertThat(binding.getSpec().getMatchResources().getObjectSelector().getMatchLabels())
                .containsEntry("app", "checkout");
        assertThat(binding.getSpec().getMatchResources().getObjectSelector().getMatchExpressions())
                .hasSize(1);
        EvaluatedManifest rules = new EvaluatedManifest(policy);
        assertThat(rules.refusals(
                        pod("r.io/team/app" + DIGEST, "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}")))
                .isEmpty();
        assertThat(rules.refusals(pod("r.io/app:1", "allowPrivilegeEscalation: false")))
                .containsOnlyKeys("allowedRegistries", "requireDigest", "capabilities_restricted");
        assertThat(out.toString())
                .contains("# Not expressed: spec.security.images.maxCvss")
                .contains("#   kubectl label namespace shop pod-security.kubernetes.io/enforce=restricted");
    }

    @Test
    void theNamespaceAndTheActionCanBeNamed() throws Exception {
        assertThat(run("selector: {}\n  security: {podStandard: Baseline}", "-n", "other", "--action", "Warn"))
                .isZero();

        ValidatingAdmissionPolicyBinding binding =
                Serialization.unmarshal(documents()[1], ValidatingAdmissionPolicyBinding.class);
        assertThat(binding.getSpec().getValidationActions()).containsExactly("Warn");
        assertThat(binding.getMetadata().getName()).isEqualTo("heapwarden.other.checkout");
        assertThat(out.toString()).contains("where all pods of the namespace are meant, as here");
    }

    @Test
    void theStandardsAreThoseOfTheClustersVersion() throws Exception {
        String spec = "selector: {}\n  security: {podStandard: Restricted}";

        run(spec);
        assertThat(out.toString()).doesNotContain("hostUsers");
        run(spec, "--kubernetes", "v1.36.1");
        assertThat(out.toString()).contains("hostUsers");
        assertThat(run(spec, "--kubernetes", "newest")).isEqualTo(2);
        assertThat(err.toString()).contains("write it such as 1.34");
    }

    @Test
    void whatCannotBeWrittenIsTwoAndSaysWhy() throws Exception {
        assertThat(run("selector: {}\n  security: {images: {maxCvss: \"7.0\"}}"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("asks for nothing that can be refused");

        assertThat(run("selector: {}\n  security: {images: {allowedRegistries: [\"https://r.io\"]}}"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("spec.security.images.allowedRegistries[0]: \"https://r.io\" is an address");

        assertThat(run("selector: {}\n  security: {podStandard: Strict}")).isEqualTo(2);
        assertThat(err.toString()).contains("spec.security.podStandard");
        assertThat(out.toString()).isEmpty();
    }

    private String[] documents() {
        return out.toString().split("(?m)^---\n");
    }

    private static Pod pod(String image, String context) {
        return Serialization.unmarshal(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec:
                  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                  containers: [{name: app, image: %s, securityContext: {%s}}]
                """
                        .formatted(image, context),
                Pod.class);
    }

    private int run(String spec, String... more) throws Exception {
        Path file = Files.writeString(
                directory.resolve("policy.yaml"),
                """
                apiVersion: heapwarden.io/v1alpha1
                kind: MemoryPolicy
                metadata: {name: checkout, namespace: shop}
                spec:
                  %s
                """
                        .formatted(spec));
        String[] arguments = new String[more.length + 3];
        arguments[0] = "policy";
        arguments[1] = "admission";
        arguments[2] = file.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(HeapwardenCommand.class)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
