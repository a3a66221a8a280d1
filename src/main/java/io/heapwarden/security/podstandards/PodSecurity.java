package io.heapwarden.security.podstandards;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.security.FindingSource;
import io.heapwarden.security.Observation;
import io.heapwarden.security.Severity;
import java.util.List;

/**
 * Holds pods against Kubernetes' Pod Security Standards, with the result of the API server's own admission at
 * {@code pod-security.kubernetes.io/enforce-version: latest}. Knows how the standards were from Kubernetes 1.32 to 1.37; other versions are taken for the
 * nearest of these. A pod that runs was filled in and changed at its admission; what is held against the standard is what runs.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod Security Standards</a>
 */
public final class PodSecurity {

    /** Minor version of Kubernetes whose standards count where none is named. */
    public static final int DEFAULT_MINOR = 34;

    private static final String REFERENCE = "https://kubernetes.io/docs/concepts/security/pod-security-standards/#";

    private PodSecurity() {}

    /** What a standard forbids of a pod, as of Kubernetes 1.34; at most {@value Violations#MOST}. */
    public static List<Violation> violations(Pod pod, PodStandard standard) {
        return violations(pod, standard, DEFAULT_MINOR);
    }

    /**
     * What a standard forbids of a pod, as of a version of Kubernetes; at most {@value Violations#MOST}.
     *
     * @param minor minor version of the API server: 34 for Kubernetes 1.34
     */
    public static List<Violation> violations(Pod pod, PodStandard standard, int minor) {
        CheckedPod checked = CheckedPod.of(pod, minor);
        Violations out = new Violations();
        HostChecks.check(checked, out);
        PrivilegeChecks.check(checked, standard, out);
        ProfileChecks.check(checked, standard, out);
        VolumeChecks.check(checked, standard, out);
        if (standard == PodStandard.Restricted) {
            UserChecks.check(checked, out);
        }
        return out.found();
    }

    /** The violations as observations: what Baseline forbids is High, the rights of a whole node Critical, what only Restricted forbids Medium. */
    public static List<Observation> observations(Pod pod, PodStandard standard, int minor) {
        return violations(pod, standard, minor).stream()
                .map(PodSecurity::observation)
                .toList();
    }

    private static Observation observation(Violation violation) {
        return new Observation(
                new Observation.Key(
                        FindingSource.PodStandard, violation.check(), violation.container(), violation.path()),
                severity(violation),
                violation.what() + " (" + violation.path() + ")",
                violation.fix(),
                REFERENCE + (violation.standard() == PodStandard.Baseline ? "baseline" : "restricted"),
                false);
    }

    private static Severity severity(Violation violation) {
        if (violation.check().equals("privileged") || violation.check().equals("windowsHostProcess")) {
            return Severity.Critical;
        }
        return violation.standard() == PodStandard.Baseline ? Severity.High : Severity.Medium;
    }
}
