package io.heapwarden.cli;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.Security;
import io.heapwarden.security.admission.AdmissionManifest;
import io.heapwarden.security.admission.AdmissionRule;
import io.heapwarden.security.images.AllowedRegistries;
import io.heapwarden.security.images.ImageAdmissionRules;
import io.heapwarden.security.images.ImageRules;
import io.heapwarden.security.podstandards.PodStandard;
import io.heapwarden.security.podstandards.StandardRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a policy an API server can hold pods to.
 *
 * @param manifest the objects
 * @param comments what is to be known of them, and what of the policy is not in them
 */
record PolicyAdmission(AdmissionManifest manifest, List<String> comments) {

    /**
     * Reads a policy.
     *
     * @param namespace the namespace; null for the policy's own
     * @param minor minor version of Kubernetes whose standards count
     * @throws IllegalArgumentException when it holds something that cannot be used; the message names the field below spec
     */
    static PolicyAdmission of(
            MemoryPolicy policy, @Nullable String namespace, AdmissionManifest.Action action, int minor) {
        Security security = policy.getSpec().security();
        PodStandard standard = security == null ? null : security.podStandard();
        Security.Images images = security == null ? null : security.images();
        List<AdmissionRule> rules = new ArrayList<>();
        if (images != null) {
            List<String> registries = images.allowedRegistries();
            rules.addAll(ImageAdmissionRules.of(new ImageRules(
                    registries == null ? null : AllowedRegistries.of(registries), images.requireDigest())));
        }
        if (standard != null) {
            rules.addAll(StandardRules.of(standard, minor));
        }
        String where = namespace == null ? policy.getMetadata().getNamespace() : namespace;
        LabelSelector selector = policy.getSpec().selector();
        AdmissionManifest manifest =
                new AdmissionManifest(where, policy.getMetadata().getName(), selector, action, rules);
        return new PolicyAdmission(manifest, comments(security, standard, where, selector));
    }

    /** Comments and objects. */
    String toYaml() {
        return comments.stream().map(line -> "# " + line).collect(Collectors.joining("\n", "", "\n"))
                + manifest.toYaml();
    }

    private static List<String> comments(
            @Nullable Security security, @Nullable PodStandard standard, String namespace, LabelSelector selector) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Pods that exist already are not touched. Whoever may write pods may also leave out a label that is selected by.");
        boolean all = selector.getMatchLabels().isEmpty()
                && selector.getMatchExpressions().isEmpty();
        if (standard != null) {
            String level = standard.name().toLowerCase(Locale.ROOT);
            lines.add("spec.security.podStandard: the better way, where all pods of the namespace are meant"
                    + (all ? ", as here" : "") + ", is Kubernetes' own admission, which also warns about workloads:");
            lines.add("  kubectl label namespace " + namespace + " pod-security.kubernetes.io/enforce=" + level
                    + " pod-security.kubernetes.io/warn=" + level);
        }
        Security.Images images = security == null ? null : security.images();
        if (images != null && images.maxCvss() != null) {
            lines.add(
                    "Not expressed: spec.security.images.maxCvss, ignoreUnfixed and grace. Vulnerabilities are known to a scanner, not to the"
                            + " API server; heapwarden check --image-report holds them in CI.");
        }
        if (images != null) {
            lines.add("Not expressed: tags that move by custom, such as latest; requireDigest refuses them all.");
        }
        if (security != null && (security.falco() != null || security.jvm() != null)) {
            lines.add("Not expressed: spec.security.falco and jvm; they are about what runs.");
        }
        return lines;
    }
}
