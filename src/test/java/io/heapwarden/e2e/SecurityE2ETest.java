package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.apply;
import static io.heapwarden.e2e.TestCluster.kubectl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.api.FindingReport;
import io.heapwarden.api.MemoryReport;
import io.heapwarden.security.FindingSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Security checks of pods that show what is looked for and of pods that do not, and events of Falco: of one pod among two, under a policy that enforces and
 * under one that observes.
 */
@Tag("e2e")
class SecurityE2ETest {

    private static final String NAMESPACE = "e2e-security";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Observed seen = new Observed(NAMESPACE);

    /** Starts a shell and a program that no image had, and loads the library by which agents come into a running JVM. */
    private static final String CHILDREN =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: children}
            data:
              Children.java: |
                import java.nio.file.*;
                class Children {
                  public static void main(String[] arguments) throws Exception {
                    System.load(System.getProperty("java.home") + "/lib/libinstrument.so");
                    new ProcessBuilder("sh", "-c", "while :; do sleep 1; done").start();
                    Path own = Files.copy(Path.of("/bin/sleep"), Path.of("/tmp/own"));
                    own.toFile().setExecutable(true);
                    new ProcessBuilder("/tmp/own", "100000").start();
                    Thread.sleep(Long.MAX_VALUE);
                  }
                }
            """;

    private static final String SECURITY =
            """
            security: {jvm: {interval: 1m}, podStandard: Restricted, images: {allowedRegistries: [registry.shop.example]}, falco: {}}
            responses: [{when: {finding: Critical}, actions: [Annotate, Event, Restart]}]
            """;

    private static FalcoSender falco;

    @BeforeAll
    static void workloads() {
        TestCluster.tryKubectl("create", "namespace", HeapwardenRelease.NAMESPACE);
        FalcoSender.token(HeapwardenRelease.NAMESPACE);
        HeapwardenRelease.install(FalcoSender.SETTINGS, "restarts.perHour=240");
        TestCluster.createNamespace(NAMESPACE, Map.of());
        apply(NAMESPACE, Pods.steady("strict"));
        apply(
                NAMESPACE,
                Leaker.deployment("open", 1)
                        .arguments(
                                "-Xmx64m",
                                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005",
                                "-Dcom.sun.management.jmxremote.port=9999",
                                "-Dcom.sun.management.jmxremote.authenticate=false",
                                "-Dcom.sun.management.jmxremote.ssl=false",
                                "-Ddb.password=geheim",
                                "Steady")
                        .manifest()
                        .replace("{runAsUser: " + Pods.NOBODY + "}", "{runAsUser: 0}"));
        apply(NAMESPACE, CHILDREN);
        apply(
                NAMESPACE,
                Leaker.deployment("children", 1)
                        .pod("volumes: [{name: source, configMap: {name: children}}]")
                        .container("volumeMounts: [{name: source, mountPath: /source}]")
                        .arguments("-Xmx96m", "/source/Children.java")
                        .manifest());
        apply(
                NAMESPACE,
                Leaker.deployment("attacked", 2).arguments("-Xmx64m", "Steady").manifest());
        apply(
                NAMESPACE,
                Leaker.deployment("watched", 1).arguments("-Xmx64m", "Steady").manifest());
        for (String app : new String[] {"strict", "open", "children", "watched"}) {
            apply(NAMESPACE, Pods.policy(app, app, SECURITY));
        }
        apply(
                NAMESPACE,
                Pods.policy("attacked", "attacked", "mode: Enforce\nrestart: {maxUnavailable: 1}\n" + SECURITY));
        falco = FalcoSender.toService(HeapwardenRelease.NAMESPACE);
    }

    @AfterAll
    static void clean() {
        TestCluster.deleteNamespace(NAMESPACE);
    }

    @ParameterizedTest
    @CsvSource({
        "debug-port-open, Critical",
        "jmx-without-authentication, Critical",
        "jmx-without-tls, Medium",
        "no-deserialisation-filter, Medium",
        "undeclared-port, Low",
        "runs-as-root, Medium",
        "capabilities, Medium",
        "seccomp-off, Medium",
        "new-privileges-allowed, Medium",
        "root-writable, Low",
        "secret-in-options, Medium",
    })
    void theOpenPodShowsItAndTheStrictOneDoesNot(String check, String severity) {
        assertThat(found("open", check).severity()).hasToString(severity);
        assertThat(checked("strict")).doesNotContain(check);
    }

    @ParameterizedTest
    @CsvSource({"shell-started, High", "unknown-program-started, Critical", "agent-loaded-later, High"})
    void aJvmThatStartsProgramsAndLoadsCodeShowsIt(String check, String severity) {
        assertThat(found("children", check).severity()).hasToString(severity);
        assertThat(checked("strict")).doesNotContain(check);
    }

    @Test
    void secretsAreNamedAndNotTold() {
        FindingReport finding = found("open", "secret-in-options");

        assertThat(finding.subject() + finding.message())
                .contains("db.password")
                .doesNotContain("geheim");
        assertThat(kubectl("get", "memrep,events", "-n", NAMESPACE, "-o", "yaml"))
                .doesNotContain("geheim");
    }

    @Test
    void thePodStandardIsHeldAgainstWhatRuns() {
        assertThat(found("open", "runAsNonRoot").message()).contains("spec.");
        checked("strict");
        assertThat(findings("strict")).noneMatch(finding -> finding.source() == FindingSource.PodStandard);
    }

    @Test
    void anImageFromElsewhereIsFound() {
        assertThat(found("strict", "registry-not-allowed").message()).contains("localhost");
    }

    @Test
    void thePolicySaysThatItsPodsAreNotSecure() {
        found("open", "debug-port-open");

        await().atMost(TestCluster.A_MINUTE)
                .untilAsserted(() -> assertThat(seen.policy("open").getStatus().conditions())
                        .filteredOn(condition -> condition.getType().equals("Secure"))
                        .singleElement()
                        .satisfies(condition -> {
                            assertThat(condition.getStatus()).isEqualTo("False");
                            assertThat(condition.getReason()).isEqualTo("CriticalFindings");
                            assertThat(condition.getMessage()).contains("debug-port-open");
                        }));
        assertThat(seen.policy("open").getStatus().findings().critical()).isPositive();
        assertThat(seen.events("Pod", seen.pod("open").getMetadata().getName())).containsKey("SecurityFinding");
    }

    @Test
    void whatANewPodWouldShowAgainIsNotRestarted() {
        found("open", "debug-port-open");

        assertThat(seen.policy("open").getStatus().lastActions()).isNullOrEmpty();
    }

    @Test
    void anEventRestartsTheRightPodThroughTheGate() {
        await().atMost(PATIENCE)
                .until(() -> seen.pods("attacked").stream()
                                .filter(pod ->
                                        seen.report(pod.getMetadata().getName()).isPresent())
                                .count()
                        == 2);
        List<Pod> before = seen.pods("attacked");
        Pod hit = before.getLast();

        assertThat(falco.send(hit, "Terminal shell in container", "Critical")).isEqualTo(204);

        await().atMost(TestCluster.A_MINUTE)
                .untilAsserted(() -> assertThat(seen.actionOutcomes("attacked")).containsExactly("Evicted"));
        assertThat(seen.policy("attacked").getStatus().lastActions().getFirst()).satisfies(action -> {
            assertThat(action.podUid()).isEqualTo(hit.getMetadata().getUid());
            assertThat(action.reason()).contains("Critical finding, Terminal shell in container");
        });
        assertThat(seen.pods("attacked"))
                .extracting(pod -> pod.getMetadata().getUid())
                .contains(before.getFirst().getMetadata().getUid());
    }

    @Test
    void underAPolicyThatObservesAnEventIsOnlyTold() {
        checked("watched");
        Pod pod = seen.pod("watched");

        falco.send(pod, "Fileless execution via memfd_create", "Critical");

        String name = pod.getMetadata().getName();
        await().atMost(TestCluster.A_MINUTE)
                .untilAsserted(() -> assertThat(seen.annotations(name).get("heapwarden.io/finding"))
                        .isEqualTo("Critical: Fileless execution via memfd_create"));
        await().atMost(TestCluster.A_MINUTE)
                .untilAsserted(() -> assertThat(seen.actionOutcomes("watched")).containsExactly("WouldHaveEvicted"));
        assertThat(seen.said("Pod", name, "SecurityFinding"))
                .anySatisfy(words -> assertThat(words).contains("Fileless execution", "started by java"));
        assertThat(seen.pod("watched").getMetadata().getUid())
                .isEqualTo(pod.getMetadata().getUid());
    }

    @Test
    void theTokenOfTheSendersIsToldToNobody() {
        assertThat(falco.send("no event")).isEqualTo(400);

        assertThat(HeapwardenRelease.metrics()).contains("heapwarden_falco").doesNotContain(FalcoSender.TOKEN);
        assertThat(kubectl("logs", "deployment/heapwarden", "-n", HeapwardenRelease.NAMESPACE))
                .doesNotContain(FalcoSender.TOKEN);
    }

    @Test
    void garbageAndForgedEventsDoNothing() {
        checked("strict");
        Pod pod = seen.pod("strict");
        String name = pod.getMetadata().getName();
        String other =
                seen.pod("open").getStatus().getContainerStatuses().getFirst().getContainerID();

        assertThat(falco.send("{\"rule\":")).isEqualTo(400);
        assertThat(falco.send(FalcoSender.event(NAMESPACE, name, other, "Forged", "Critical")))
                .isEqualTo(204);
        assertThat(falco.send(
                        FalcoSender.event(NAMESPACE, "nobody", "containerd://0123456789abcdef", "Unknown", "Critical")))
                .isEqualTo(204);

        Pause.of(Duration.ofSeconds(5));
        assertThat(checked("strict")).doesNotContain("Forged", "Unknown");
    }

    private static FindingReport found(String app, String rule) {
        return await(rule + " of " + app)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> findings(app).stream()
                                .filter(one -> one.rule().equals(rule))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The rules of everything that was found of an app, once its JVM was looked at. Each shows something: if not a writable root, the age of its JDK. */
    private static Set<String> checked(String app) {
        await(app + " to be looked at").atMost(PATIENCE).until(() -> findings(app).stream()
                .anyMatch(one -> one.source() == FindingSource.Jvm));
        return findings(app).stream().map(FindingReport::rule).collect(Collectors.toSet());
    }

    private static List<FindingReport> findings(String app) {
        return seen.report(seen.pod(app).getMetadata().getName())
                .map(MemoryReport::getStatus)
                .map(status -> status.findings() == null ? List.<FindingReport>of() : status.findings())
                .orElse(List.of());
    }
}
