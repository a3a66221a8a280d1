package io.heapwarden.security.admission;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MatchConditionBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MatchResourcesBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.NamedRuleWithOperationsBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Validation;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Variable;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * Rules as a ValidatingAdmissionPolicy and its binding (admissionregistration.k8s.io/v1, Kubernetes 1.30 and later). A pod is asked when it is created and
 * when its spec changes, so that labels, finalizers and statuses of pods that are there already can still be written.
 *
 * @param namespace namespace whose pods are asked
 * @param policy name of the policy that the rules come from
 * @param selector which pods are asked
 * @param action what becomes of a pod that breaks a rule
 * @param rules the rules
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/">Validating Admission Policy</a>
 */
public record AdmissionManifest(
        String namespace, String policy, LabelSelector selector, Action action, List<AdmissionRule> rules) {

    private static final int LONGEST_NAME = 253;
    private static final int HASH_DIGITS = 12;
    private static final int NO_WRAPPING = 1 << 20;

    /** What the rules see besides {@code object}. */
    private static final List<Variable> VARIABLES = List.of(
            // Without types, as the lists of containers are of different ones.
            new Variable("dyn(object.spec)", "spec"),
            new Variable("dyn(object.metadata).?annotations.orValue({})", "annotations"),
            new Variable(
                    "variables.spec.?initContainers.orValue([]) + variables.spec.containers"
                            + " + variables.spec.?ephemeralContainers.orValue([])",
                    "containers"),
            new Variable("variables.spec.?securityContext.orValue({})", "podContext"),
            new Variable("variables.spec.?volumes.orValue([])", "volumes"),
            new Variable("variables.spec.?os.orValue({}).?name.orValue('') == 'windows'", "windows"));

    /** What becomes of a pod that breaks a rule. */
    public enum Action {
        /** It is refused. */
        Deny,
        /** Who creates it is told. */
        Warn,
        /** The API server's audit log says it. */
        Audit
    }

    public AdmissionManifest {
        rules = List.copyOf(rules);
    }

    /** Name of both objects: a namespace has no dots, so two policies never share one. */
    public String name() {
        String name = "heapwarden." + namespace + "." + policy;
        return name.length() <= LONGEST_NAME
                ? name
                : name.substring(0, LONGEST_NAME - HASH_DIGITS - 1) + "-" + hash(name);
    }

    /** The policy. */
    public ValidatingAdmissionPolicy toPolicy() {
        return new ValidatingAdmissionPolicyBuilder()
                .withNewMetadata()
                .withName(name())
                .withLabels(Map.of("app.kubernetes.io/managed-by", "heapwarden"))
                .endMetadata()
                .withNewSpec()
                .withFailurePolicy("Fail")
                .withNewMatchConstraints()
                .withResourceRules(new NamedRuleWithOperationsBuilder()
                        .withApiGroups("")
                        .withApiVersions("v1")
                        .withOperations("CREATE", "UPDATE")
                        .withResources("pods", "pods/ephemeralcontainers")
                        .build())
                .endMatchConstraints()
                .withMatchConditions(new MatchConditionBuilder()
                        .withName("spec-is-new")
                        .withExpression("request.operation == 'CREATE' || object.spec != oldObject.spec")
                        .build())
                .withVariables(Stream.concat(
                                VARIABLES.stream(),
                                rules.stream().map(rule -> new Variable(rule.offenders(), rule.name())))
                        .toList())
                .withValidations(rules.stream().map(this::validation).toList())
                .endSpec()
                .build();
    }

    /** What makes it count, for which pods. */
    public ValidatingAdmissionPolicyBinding toBinding() {
        return new ValidatingAdmissionPolicyBindingBuilder()
                .withNewMetadata()
                .withName(name())
                .withLabels(Map.of("app.kubernetes.io/managed-by", "heapwarden"))
                .endMetadata()
                .withNewSpec()
                .withPolicyName(name())
                .withValidationActions(action.name())
                .withMatchResources(new MatchResourcesBuilder()
                        .withNamespaceSelector(new LabelSelectorBuilder()
                                .addToMatchLabels("kubernetes.io/metadata.name", namespace)
                                .build())
                        .withObjectSelector(selector)
                        .build())
                .endSpec()
                .build();
    }

    /** Both as YAML, each expression in one line. */
    public String toYaml() {
        return yaml(toPolicy()) + "---\n" + yaml(toBinding());
    }

    private Validation validation(AdmissionRule rule) {
        String by = "MemoryPolicy " + namespace + "/" + policy + ", " + rule.name();
        return new ValidationBuilder()
                .withExpression(rule.validation())
                .withMessage(rule.message() + " (" + by + ")")
                .withMessageExpression(rule.messageExpression(by))
                .withReason("Forbidden")
                .build();
    }

    private static String yaml(HasMetadata resource) {
        Map<?, ?> fields = new KubernetesSerialization().convertValue(resource, Map.class);
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setWidth(NO_WRAPPING)
                        .setSplitLines(false)
                        .build())
                .dumpToString(fields);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
