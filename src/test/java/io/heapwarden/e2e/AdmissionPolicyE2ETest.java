package io.heapwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.heapwarden.cli.HeapwardenCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code heapwarden policy admission} writes makes the API server refuse what the policy reports, in the policy's namespace and for its pods alone. */
@Tag("e2e")
class AdmissionPolicyE2ETest {

    private static final String NAMESPACE = "e2e-admission";
    private static final String GOOD = "localhost/team/app@sha256:" + "ab".repeat(32);
    private static final String STRICT = "{allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}";

    @TempDir
    static Path directory;

    @BeforeAll
    static void applied() throws Exception {
        TestCluster.createNamespace(NAMESPACE, Map.of());
        TestCluster.CLIENT
                .serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName("default")
                .waitUntilCondition(account -> account != null, 60, TimeUnit.SECONDS);
        Path policy = Files.writeString(
                directory.resolve("policy.yaml"),
                """
                apiVersion: heapwarden.io/v1alpha1
                kind: MemoryPolicy
                metadata: {name: strict, namespace: %s}
                spec:
                  selector: {matchLabels: {app: strict}}
                  security: {podStandard: Restricted, images: {allowedRegistries: [localhost/team], requireDigest: true}}
                """
                        .formatted(NAMESPACE));
        StringWriter out = new StringWriter();
        int exitCode = new CommandLine(HeapwardenCommand.class)
                .setOut(new PrintWriter(out, true))
                .execute("policy", "admission", policy.toString());
        assertThat(exitCode).isZero();
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), out.toString());
        TestCluster.kubectl("apply", "-f", manifest.toString());
        // An API server takes a moment until a new policy counts.
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(refusal(pod("strict", "busybox", "{}")))
                .isNotEmpty());
    }

    @AfterAll
    static void clean() {
        for (String kind : new String[] {"validatingadmissionpolicybinding", "validatingadmissionpolicy"}) {
            TestCluster.tryKubectl("delete", kind, "heapwarden." + NAMESPACE + ".strict", "--ignore-not-found");
        }
        TestCluster.deleteNamespace(NAMESPACE);
    }

    @Test
    void theApiServerFindsNothingWrongWithTheExpressions() {
        assertThat(TestCluster.kubectl(
                        "get",
                        "validatingadmissionpolicy",
                        "heapwarden." + NAMESPACE + ".strict",
                        "-o",
                        "jsonpath={.status.typeChecking.expressionWarnings}"))
                .isEmpty();
    }

    @Test
    void aBadPodIsRefusedWithTheContainerTheFieldAndTheFix() {
        assertThat(refusal(pod("strict", GOOD, "{privileged: true, capabilities: {drop: [ALL]}}")))
                .contains("set securityContext.privileged: false", "MemoryPolicy " + NAMESPACE + "/strict", "app");
        assertThat(refusal(pod("strict", GOOD.replace("/team/", "/other/"), STRICT)))
                .contains("use an image of localhost/team");
        assertThat(refusal(pod("strict", "localhost/team/app:1", STRICT))).contains("by digest");
        assertThat(refusal(pod("strict", GOOD, "{allowPrivilegeEscalation: false}")))
                .contains("drop: [ALL]");
    }

    @Test
    void aGoodPodIsAccepted() {
        assertThat(refusal(pod("strict", GOOD, STRICT))).isEmpty();
    }

    @Test
    void podsThatThePolicyDoesNotSelectAreNotAsked() {
        assertThat(refusal(pod("other", "busybox", "{privileged: true}"))).isEmpty();
    }

    /** Why the API server refuses a pod; empty when it does not. */
    private static String refusal(Pod pod) {
        try {
            TestCluster.CLIENT.resource(pod).inNamespace(NAMESPACE).dryRun().create();
            return "";
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getStatus().getMessage());
        }
    }

    private static Pod pod(String app, String image, String context) {
        return Serialization.unmarshal(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: test, labels: {app: %s}}
                spec:
                  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                  containers: [{name: app, image: "%s", securityContext: %s}]
                """
                        .formatted(app, image, context),
                Pod.class);
    }
}
