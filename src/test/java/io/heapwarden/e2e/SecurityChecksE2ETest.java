package io.heapwarden.e2e;

import static io.heapwarden.e2e.SuspectPods.AGENT;
import static io.heapwarden.e2e.SuspectPods.BROKEN;
import static io.heapwarden.e2e.SuspectPods.CAREFUL;
import static io.heapwarden.e2e.SuspectPods.CARELESS;
import static io.heapwarden.e2e.TestCluster.apply;
import static io.heapwarden.e2e.TestCluster.kubectl;
import static io.heapwarden.e2e.TestCluster.tryKubectl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.api.FindingReport;
import io.heapwarden.api.MemoryReport;
import io.heapwarden.security.FindingSource;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks of the JVM that need a pod which was broken into, or set up without care, and one that only comes close; and shells that come in by exec. */
@Tag("e2e")
class SecurityChecksE2ETest {

    private static final String NAMESPACE = "e2e-security-checks";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String AGENT_CHECK = "agent-at-start";
    private static final Observed seen = new Observed(NAMESPACE);

    private static Set<String> ofCareful;
    private static FalcoSender falco;

    @BeforeAll
    static void workloads() throws IOException {
        tryKubectl("create", "namespace", HeapwardenRelease.NAMESPACE);
        FalcoSender.token(HeapwardenRelease.NAMESPACE);
        HeapwardenRelease.install(FalcoSender.SETTINGS);
        TestCluster.createNamespace(NAMESPACE, Map.of());
        apply(NAMESPACE, SuspectPods.careless());
        apply(NAMESPACE, SuspectPods.careful(newestJava17()));
        apply(NAMESPACE, SuspectPods.broken());
        for (String app : new String[] {CARELESS, CAREFUL, BROKEN}) {
            apply(NAMESPACE, policy(app, "interval: 1m"));
        }
        falco = FalcoSender.toService(HeapwardenRelease.NAMESPACE);

        // Classes are judged by the last histogram, so there has to be a look after the first; a policy that changes
        // has one made at once.
        for (String app : new String[] {CARELESS, CAREFUL}) {
            seen.report(seen.pod(app).getMetadata().getName(), PATIENCE, status -> status.containers().stream()
                    .anyMatch(container -> container.histograms() > 0));
        }
        apply(NAMESPACE, policy(CARELESS, "interval: 2m"));
        found(CAREFUL, AGENT_CHECK, AGENT);
        allowAgent();
        ofCareful = findings(CAREFUL).stream().map(FindingReport::rule).collect(Collectors.toSet());
    }

    @AfterAll
    static void clean() {
        TestCluster.deleteNamespace(NAMESPACE);
    }

    @ParameterizedTest
    @CsvSource({
        "careless, attach-by-others,         Medium,   another container",
        "careless, agent-at-start,           Low,      exporter.jar",
        "careless, jdk-outdated,             High,     Java 17.0.1:",
        "careless, vulnerable-library,       Medium,   com.sun.rowset.JdbcRowSetImpl",
        "broken,   attach-socket-forged,     High,     no socket",
        "broken,   code-from-memory,         Critical, /memfd:hidden",
        "broken,   code-from-deleted-file,   High,     /tmp/gone.so",
        "broken,   code-from-temporary-file, High,     /tmp/here.so",
        "broken,   package-manager-started,  High,     apt-get",
        "broken,   download-tool-started,    High,     nc runs below the JVM",
        "broken,   shell-started,            High,     interpreter",
    })
    void itIsFoundWhereItIsAndNotWhereSomethingIsAlmostSo(String app, String check, String severity, String words) {
        assertThat(found(app, check, words).severity()).hasToString(severity);
        assertThat(ofCareful).isNotEmpty().doesNotContain(check);
    }

    @Test
    void theCarefulOneComesClose() {
        assertThat(inside("cat /proc/[0-9]*/maps; ls -l /tmp/.java_pid* /proc/[0-9]*/exe"))
                .as("a heap in memory that has a name, without code in it")
                .containsPattern("rw-s .* /memfd:java_heap")
                .as("the JVM's own attach socket")
                .containsPattern("srw------- .* /tmp/\\.java_pid")
                .as("a program of the file that is also nc")
                .contains("-> /tools/busybox")
                .as("a library of the JDK that the program loaded")
                .containsPattern("r-xp .*/lib/libprefs\\.so");
        assertThat(findings(CARELESS)).extracting(FindingReport::rule).doesNotContain("code-from-memory");
        assertThat(findings(BROKEN)).extracting(FindingReport::rule).doesNotContain("unknown-program-started");
    }

    @Test
    void aShellThatSomebodyOpensByExecIsForFalcoToReport() throws Exception {
        Pod pod = seen.pod(CAREFUL);
        String name = pod.getMetadata().getName();
        CompletableFuture<TestCluster.Output> shell = CompletableFuture.supplyAsync(
                () -> exec(name, "touch /tmp/open; while [ -e /tmp/open ]; do sleep 1; done"));
        try {
            await().atMost(TestCluster.A_MINUTE)
                    .until(() -> exec(name, "[ -e /tmp/open ]").exitCode() == 0);
            // The look that finds the agent is made while the shell is open.
            apply(NAMESPACE, policy(CAREFUL, "interval: 1m"));
            found(CAREFUL, AGENT_CHECK, AGENT);
            assertThat(findings(CAREFUL)).extracting(FindingReport::rule).doesNotContain("shell-started");

            assertThat(falco.send(pod, "Terminal shell in container", "Notice")).isEqualTo(204);

            assertThat(found(CAREFUL, "Terminal shell in container", "started by java"))
                    .satisfies(finding -> {
                        assertThat(finding.source()).isEqualTo(FindingSource.Falco);
                        assertThat(finding.severity()).hasToString("Low");
                    });
        } finally {
            exec(name, "rm /tmp/open");
        }
        assertThat(shell.get(1, TimeUnit.MINUTES).exitCode())
                .as("the shell was open until then")
                .isZero();
        allowAgent();
        assertThat(findings(CAREFUL)).extracting(FindingReport::rule).doesNotContain("shell-started");
    }

    @Test
    void whatFalcoSeesOfTheOperatorsOwnProbesIsNoFinding() {
        Pod pod = seen.pod(CAREFUL);
        String echoes = "heapwarden_falco_events_total{result=\"Echoes\"}";
        double before = HeapwardenRelease.metric(echoes);

        assertThat(falco.send(shell(pod, "Own probe", "sh -c : heapwarden-probe")))
                .isEqualTo(204);
        assertThat(falco.send(shell(pod, "Shell of somebody", "sh -c id"))).isEqualTo(204);

        found(CAREFUL, "Shell of somebody", "");
        assertThat(HeapwardenRelease.metric(echoes)).isEqualTo(before + 1);
        assertThat(findings(CAREFUL)).extracting(FindingReport::rule).doesNotContain("Own probe");
    }

    private static String shell(Pod pod, String rule, String commandLine) {
        String id = pod.getStatus().getContainerStatuses().stream()
                .filter(container -> container.getName().equals("app"))
                .findFirst()
                .orElseThrow()
                .getContainerID();
        return FalcoSender.event(NAMESPACE, pod.getMetadata().getName(), id, rule, "Error")
                .replace("\"proc.name\"", "\"proc.cmdline\":\"" + commandLine + "\",\"proc.name\"");
    }

    private static void allowAgent() {
        apply(NAMESPACE, policy(CAREFUL, "interval: 1m, allowedAgents: [" + AGENT + "]"));
        await("the agent to be allowed").atMost(TestCluster.A_MINUTE).until(() -> findings(CAREFUL).stream()
                .noneMatch(finding -> finding.rule().equals(AGENT_CHECK)));
    }

    private static String inside(String script) {
        return kubectl(
                "exec",
                "-n",
                NAMESPACE,
                seen.pod(CAREFUL).getMetadata().getName(),
                "-c",
                "app",
                "--",
                "sh",
                "-c",
                script + " || :");
    }

    private static TestCluster.Output exec(String pod, String script) {
        return tryKubectl("exec", "-n", NAMESPACE, pod, "-c", "app", "--", "sh", "-c", script);
    }

    private static FindingReport found(String app, String rule, String words) {
        return await(rule + " of " + app)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> findings(app).stream()
                                .filter(one -> one.rule().equals(rule)
                                        && (one.subject() + " " + one.message()).contains(words))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static List<FindingReport> findings(String app) {
        return seen.report(seen.pod(app).getMetadata().getName())
                .map(MemoryReport::getStatus)
                .map(status -> status.findings() == null ? List.<FindingReport>of() : status.findings())
                .orElse(List.of());
    }

    private static String policy(String app, String jvm) {
        return Pods.policy(app, app, "security: {jvm: {" + jvm + "}, falco: {minPriority: Notice}}")
                .replace("histogram: {", "histogram: {when: Periodic, ");
    }

    /** The baseline's newest security release. */
    private static String newestJava17() throws IOException {
        Properties baseline = new Properties();
        try (InputStream in = SecurityChecksE2ETest.class.getResourceAsStream("/security/jdk-baseline.properties")) {
            baseline.load(in);
        }
        return baseline.getProperty("17").split(" ")[0];
    }
}
