package io.heapwarden.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.heapwarden.response.AttemptOutcome.BlockedByBudget;
import io.heapwarden.response.AttemptOutcome.Done;
import io.heapwarden.response.AttemptOutcome.Failed;
import io.heapwarden.response.AttemptOutcome.Forbidden;
import io.heapwarden.response.AttemptOutcome.Gone;
import io.heapwarden.response.AttemptOutcome.Unanswered;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnableKubernetesMockClient
class EvictionApiEvictorTest {

    private static final PodIdentity POD = new PodIdentity("shop", "checkout-0", "uid-1");
    private static final Map<String, String> WHY = Map.of("heapwarden.io/policy", "checkout");
    private static final RestartTarget TARGET =
            new RestartTarget(POD, "Deployment", "checkout", Instant.parse("2026-11-23T12:00:00Z"), WHY);
    private static final Done EVICTED = new Done(ActionOutcome.Evicted);
    private static final String PATH = "/api/v1/namespaces/shop/pods/checkout-0/eviction";
    private static final String REHEARSAL = PATH + "?dryRun=All";

    KubernetesMockServer server;
    KubernetesClient client;

    @Test
    void rehearsesThenWritesTheIntentThenEvicts() throws InterruptedException {
        answer(REHEARSAL, 201, success());
        answer(PATH, 201, success());
        List<Integer> requestsAtIntent = new ArrayList<>();

        AttemptOutcome outcome = evictor().restart(TARGET, () -> requestsAtIntent.add(server.getRequestCount()));

        assertThat(outcome).isEqualTo(EVICTED);
        assertThat(requestsAtIntent).containsExactly(1);
        RecordedRequest rehearsal = request();
        assertThat(rehearsal.getPath()).isEqualTo(REHEARSAL);
        assertThat(rehearsal.getBody().readUtf8())
                .contains("\"apiVersion\":\"policy/v1\"", "\"kind\":\"Eviction\"")
                .contains("\"dryRun\":[\"All\"]", "\"preconditions\":{\"uid\":\"uid-1\"}");
        RecordedRequest eviction = request();
        assertThat(eviction.getPath()).isEqualTo(PATH);
        assertThat(eviction.getBody().readUtf8())
                .contains("\"preconditions\":{\"uid\":\"uid-1\"}", "\"heapwarden.io/policy\":\"checkout\"")
                .doesNotContain("dryRun");
    }

    @Test
    void evictsNothingWhenTheIntentCannotBeWritten() {
        answer(REHEARSAL, 201, success());

        assertThatIllegalStateException().isThrownBy(() -> evictor().restart(TARGET, () -> {
            throw new IllegalStateException("status could not be written");
        }));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aRehearsalThatIsRefusedEndsIt() {
        answer(REHEARSAL, 429, budget());

        assertThat(evictor().restart(TARGET, () -> {
                    throw new AssertionError("nothing is intended");
                }))
                .isInstanceOf(BlockedByBudget.class);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aBudgetThatClosesBetweenRehearsalAndEvictionIsSeen() {
        answer(REHEARSAL, 201, success());
        answer(PATH, 429, budget());

        assertThat(evict())
                .isEqualTo(
                        new BlockedByBudget(
                                "Cannot evict pod as it would violate the pod's disruption budget. The disruption budget checkout needs 3 healthy pods and has 3 currently"));
    }

    @Test
    void aBusyApiServerIsNoBudgetAndIsNotAskedAgain() {
        server.expect()
                .post()
                .withPath(REHEARSAL)
                .andReturn(429, "Too many requests, please try again later.\n")
                .withHeader("Retry-After", "1")
                .always();

        assertThat(evict())
                .isEqualTo(new Failed(
                        "The API server is too busy, it asks to wait 1 s: Too many requests, please try again later."));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void twoBudgetsForOnePodAreABudgetsMatter() {
        answer(
                REHEARSAL,
                500,
                status(
                        500,
                        "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support."));

        assertThat(evict()).isInstanceOfSatisfying(BlockedByBudget.class, blocked -> assertThat(blocked.message())
                .contains("Let only one PodDisruptionBudget select the pod"));
    }

    @Test
    void aPodThatIsGoneOrReplacedIsGone() {
        answer(REHEARSAL, 404, status(404, "pods \"checkout-0\" not found"));
        assertThat(evict()).isEqualTo(new Gone("pods \"checkout-0\" not found"));

        answer(REHEARSAL, 201, success());
        answer(
                PATH,
                409,
                status(
                        409,
                        "Operation cannot be fulfilled on pods \"checkout-0\": Precondition failed: UID in precondition: uid-1, UID in object meta: uid-2"));
        assertThat(evict()).isInstanceOf(Gone.class);
    }

    @Test
    void anotherConflictIsAFailure() {
        answer(REHEARSAL, 409, status(409, "the object has been modified"));

        assertThat(evict()).isEqualTo(new Failed("It changed meanwhile: the object has been modified"));
    }

    @Test
    void aMissingRightIsNamedWithItsRemedy() {
        answer(
                REHEARSAL,
                403,
                status(
                        403,
                        "pods \"checkout-0\" is forbidden: User \"system:serviceaccount:heapwarden-system:heapwarden\" cannot create resource \"pods/eviction\" in API group \"\" in the namespace \"shop\""));

        assertThat(evict()).isInstanceOfSatisfying(Forbidden.class, forbidden -> assertThat(forbidden.message())
                .contains("cannot create resource \"pods/eviction\"")
                .contains("in namespace shop", "resources [pods/eviction], verbs [create]"));
    }

    @Test
    void anAdmissionRuleSpeaksForItself() {
        String words = "admission webhook \"guard.example\" denied the request: not during the sale";
        answer(REHEARSAL, 400, status(400, words));

        assertThat(evict()).isEqualTo(new Forbidden(words));
    }

    @Test
    void inATerminatingNamespaceThePodIsAsGoodAsGone() {
        Status status = new StatusBuilder(status(403, "unable to create new content"))
                .withNewDetails()
                .addNewCause("metadata.namespace", "namespace shop is being terminated", "NamespaceTerminating")
                .endDetails()
                .build();
        answer(REHEARSAL, 403, status);

        assertThat(evict()).isInstanceOf(Gone.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void anErrorOfTheServerIsAFailureAndIsNotRepeated(int code) {
        answer(REHEARSAL, 201, success());
        server.expect()
                .post()
                .withPath(PATH)
                .andReturn(code, status(code, "etcd is away"))
                .always();

        assertThat(evict()).isEqualTo(new Failed("The API server answered " + code + ": etcd is away"));
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void aGatewaysTimeOutLeavesOpenWhetherItWasDone() {
        answer(REHEARSAL, 201, success());
        server.expect()
                .post()
                .withPath(PATH)
                .andReturn(504, "<html>Gateway Time-out</html>")
                .once();

        assertThat(evict()).isInstanceOf(Unanswered.class);
    }

    @Test
    void anApiServerThatHangsIsGivenUp() {
        answer(REHEARSAL, 201, success());
        server.expect()
                .post()
                .delay(30_000)
                .withPath(PATH)
                .andReturn(201, success())
                .once();

        AttemptOutcome outcome =
                new EvictionApiEvictor(client, Clock.systemUTC(), Duration.ofMillis(500)).restart(TARGET, () -> {});

        assertThat(outcome).isInstanceOf(Unanswered.class);
    }

    @Test
    void aHangingRehearsalDidNothing() {
        server.expect()
                .post()
                .delay(30_000)
                .withPath(REHEARSAL)
                .andReturn(201, success())
                .once();

        assertThat(new EvictionApiEvictor(client, Clock.systemUTC(), Duration.ofMillis(500)).restart(TARGET, () -> {}))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).contains("shop/checkout-0"));
    }

    @Test
    void anApiServerThatIsDownIsAFailure() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (KubernetesClient nowhere = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withMasterUrl("https://localhost:" + port + "/")
                        .build())
                .build()) {
            assertThat(new EvictionApiEvictor(nowhere, Clock.systemUTC(), Duration.ofSeconds(30))
                            .restart(TARGET, () -> {}))
                    .isInstanceOf(Failed.class);
        }
    }

    private EvictionApiEvictor evictor() {
        return new EvictionApiEvictor(client, Clock.systemUTC(), Duration.ofSeconds(30));
    }

    private AttemptOutcome evict() {
        return evictor().restart(TARGET, () -> {});
    }

    private void answer(String path, int code, Status status) {
        server.expect().post().withPath(path).andReturn(code, status).once();
    }

    private RecordedRequest request() throws InterruptedException {
        RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    private static Status success() {
        return new StatusBuilder().withStatus("Success").withCode(201).build();
    }

    private static Status status(int code, String message) {
        return new StatusBuilder()
                .withStatus("Failure")
                .withCode(code)
                .withMessage(message)
                .build();
    }

    private static Status budget() {
        return new StatusBuilder(status(429, "Cannot evict pod as it would violate the pod's disruption budget."))
                .withReason("TooManyRequests")
                .withNewDetails()
                .addNewCause(
                        null,
                        "The disruption budget checkout needs 3 healthy pods and has 3 currently",
                        "DisruptionBudget")
                .endDetails()
                .build();
    }
}
