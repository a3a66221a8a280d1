package io.heapwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.heapwarden.security.podstandards.PodSecurity;
import io.heapwarden.security.podstandards.PodStandard;
import io.heapwarden.security.podstandards.UpstreamPod;
import io.heapwarden.security.podstandards.Violation;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The API server's own admission and ours say the same of every example pod of Kubernetes' tests, check by check. Nothing is stored but two namespaces. */
@Tag("e2e")
class PodStandardsE2ETest {

    /** The words in which the API server names a check. */
    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("hostNamespaces", "host namespaces"),
            Map.entry("privileged", "privileged"),
            Map.entry("capabilities_baseline", "non-default capabilities"),
            Map.entry("capabilities_restricted", "unrestricted capabilities"),
            Map.entry("hostPathVolumes", "hostPath volumes"),
            Map.entry("hostPorts", "hostPort"),
            Map.entry("hostProbesAndHostLifecycle", "probe or lifecycle host"),
            Map.entry("appArmorProfile", "forbidden AppArmor profile"),
            Map.entry("seLinuxOptions", "seLinuxOptions"),
            Map.entry("procMount", "procMount"),
            Map.entry("procMount_restricted", "procMount"),
            Map.entry("seccompProfile_baseline", "seccompProfile"),
            Map.entry("seccompProfile_restricted", "seccompProfile"),
            Map.entry("sysctls", "forbidden sysctls"),
            Map.entry("windowsHostProcess", "hostProcess"),
            Map.entry("restrictedVolumes", "restricted volume types"),
            Map.entry("allowPrivilegeEscalation", "allowPrivilegeEscalation != false"),
            Map.entry("runAsNonRoot", "runAsNonRoot != true"),
            Map.entry("runAsUser", "runAsUser=0"));

    private static final Pattern VERDICT = Pattern.compile("violates PodSecurity \"[^\"]+\": (.*)", Pattern.DOTALL);

    private static int minor;

    @BeforeAll
    static void namespaces() {
        minor = Integer.parseInt(
                TestCluster.CLIENT.getKubernetesVersion().getMinor().replaceAll("[^0-9].*", ""));
        for (PodStandard standard : PodStandard.values()) {
            String level = standard.name().toLowerCase(Locale.ROOT);
            TestCluster.createNamespace(
                    namespace(standard),
                    Map.of(
                            "pod-security.kubernetes.io/enforce",
                            level,
                            "pod-security.kubernetes.io/enforce-version",
                            "latest"));
        }
        // Without its service account a pod is refused before any standard is asked.
        for (PodStandard standard : PodStandard.values()) {
            TestCluster.CLIENT
                    .serviceAccounts()
                    .inNamespace(namespace(standard))
                    .withName("default")
                    .waitUntilCondition(account -> account != null, 60, TimeUnit.SECONDS);
        }
    }

    @AfterAll
    static void clean() {
        Stream.of(PodStandard.values()).forEach(standard -> TestCluster.deleteNamespace(namespace(standard)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isJudgedAsByTheApiServer(UpstreamPod example) {
        Set<String> ours = PodSecurity.violations(example.pod(), example.standard(), minor).stream()
                .map(Violation::check)
                .map(check -> String.valueOf(REASONS.get(check)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(ours).isEqualTo(verdict(example));
    }

    static Stream<UpstreamPod> examples() {
        return UpstreamPod.all("v1.34");
    }

    /** The checks that the API server names; it says them as reason (detail), reason (detail). */
    private static Set<String> verdict(UpstreamPod example) {
        Pod pod = new PodBuilder(example.pod())
                .editMetadata()
                .withName("test")
                .withNamespace(namespace(example.standard()))
                .endMetadata()
                .editSpec()
                .withServiceAccountName("default")
                .endSpec()
                .build();
        try {
            TestCluster.CLIENT.resource(pod).dryRun().create();
            return Set.of();
        } catch (KubernetesClientException refusal) {
            Matcher verdict = VERDICT.matcher(String.valueOf(refusal.getStatus().getMessage()));
            assertThat(verdict.find())
                    .as("refused for something else: %s", refusal.getMessage())
                    .isTrue();
            String said = ", " + verdict.group(1);
            return REASONS.values().stream()
                    .filter(reason -> Pattern.compile(", " + Pattern.quote(reason) + "s? \\(")
                            .matcher(said)
                            .find())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String namespace(PodStandard standard) {
        return "e2e-standard-" + standard.name().toLowerCase(Locale.ROOT);
    }
}
