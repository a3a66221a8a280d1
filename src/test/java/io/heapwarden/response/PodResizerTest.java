package io.heapwarden.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.heapwarden.response.AttemptOutcome.Done;
import io.heapwarden.response.AttemptOutcome.Failed;
import io.heapwarden.response.AttemptOutcome.Forbidden;
import io.heapwarden.response.AttemptOutcome.Gone;
import io.heapwarden.response.AttemptOutcome.Unanswered;
import io.heapwarden.time.MovableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient
class PodResizerTest {

    private static final PodIdentity POD = new PodIdentity("shop", "checkout-0", "uid-1");
    private static final String PATH = "/api/v1/namespaces/shop/pods/checkout-0/resize";
    private static final String REHEARSAL = PATH + "?dryRun=All";

    KubernetesMockServer server;
    KubernetesClient client;

    @Test
    void rehearsesThenWritesTheIntentThenResizes() throws Exception {
        answer(REHEARSAL, 200, pod());
        answer(PATH, 200, pod());
        List<Integer> requestsAtIntent = new ArrayList<>();

        AttemptOutcome outcome = resizer().resize(target(false), () -> requestsAtIntent.add(server.getRequestCount()));

        assertThat(outcome).isEqualTo(new Done(ActionOutcome.Resized));
        assertThat(requestsAtIntent).containsExactly(1);
        RecordedRequest rehearsal = request();
        RecordedRequest resize = request();
        assertThat(rehearsal.getPath()).isEqualTo(REHEARSAL);
        assertThat(resize.getPath()).isEqualTo(PATH);
        assertThat(resize.getHeader("Content-Type")).startsWith("application/strategic-merge-patch+json");
        JsonNode patch = json(resize);
        assertThat(patch).isEqualTo(json(rehearsal));
        assertThat(patch.at("/metadata/uid").asText()).isEqualTo("uid-1");
        assertThat(patch.at("/metadata/resourceVersion").asText()).isEqualTo("4711");
        assertThat(patch.at("/spec/containers/0/name").asText()).isEqualTo("app");
        assertThat(patch.at("/spec/containers/0/resources/limits/memory").asText())
                .isEqualTo("400Mi");
        assertThat(patch.at("/spec/containers/0/resources/requests").isMissingNode())
                .isTrue();
    }

    @Test
    void aGuaranteedPodGetsTheRequestToo() throws Exception {
        answer(REHEARSAL, 200, pod());
        answer(PATH, 200, pod());

        resizer().resize(target(true), () -> {});

        assertThat(json(request()).at("/spec/containers/0/resources").toString())
                .contains("\"limits\":{\"memory\":\"400Mi\"}", "\"requests\":{\"memory\":\"400Mi\"}");
    }

    @Test
    void nothingIsResizedWhenTheIntentCannotBeWritten() {
        answer(REHEARSAL, 200, pod());

        assertThatIllegalStateException().isThrownBy(() -> resizer().resize(target(false), () -> {
            throw new IllegalStateException("status could not be written");
        }));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aMissingRightIsNamedWithItsRemedy() {
        answer(
                REHEARSAL,
                403,
                status(
                        403,
                        "pods \"checkout-0\" is forbidden: User \"system:serviceaccount:heapwarden-system:heapwarden\" cannot patch resource \"pods/resize\" in API group \"\" in the namespace \"shop\""));

        assertThat(resize()).isInstanceOfSatisfying(Forbidden.class, forbidden -> assertThat(forbidden.message())
                .contains("resources [pods/resize], verbs [patch]", "restarts.resize is true"));
    }

    @Test
    void aQuotaSpeaksForItself() {
        String words = "pods \"checkout-0\" is forbidden: exceeded quota: memory";
        answer(REHEARSAL, 403, status(403, words));

        assertThat(resize()).isEqualTo(new Forbidden(words));
    }

    @Test
    void aPodThatWasChangedOrReplacedMeanwhileIsLeftAlone() {
        answer(REHEARSAL, 200, pod());
        answer(PATH, 409, status(409, "the object has been modified"));
        assertThat(resize()).isEqualTo(new Failed("It changed meanwhile: the object has been modified"));

        answer(REHEARSAL, 404, status(404, "pods \"checkout-0\" not found"));
        assertThat(resize()).isInstanceOf(Gone.class);
    }

    @Test
    void whatTheApiServerFindsInvalidFails() {
        answer(REHEARSAL, 422, status(422, "Pod is invalid: spec.containers[0].resources: Forbidden"));

        assertThat(resize())
                .isEqualTo(new Failed(
                        "The API server answered 422: Pod is invalid: spec.containers[0].resources: Forbidden"));
    }

    @Test
    void anApiServerThatHangsLeavesOpenWhetherItWasDone() {
        answer(REHEARSAL, 200, pod());
        server.expect()
                .patch()
                .delay(30_000)
                .withPath(PATH)
                .andReturn(200, pod())
                .once();

        assertThat(new PodResizer(client, Clock.systemUTC(), Duration.ofMillis(500)).resize(target(false), () -> {}))
                .isInstanceOf(Unanswered.class);
    }

    @Test
    void discoveryTellsWhetherTheClusterCanAndIsAskedNowAndThen() {
        MovableClock clock = new MovableClock();
        ResizeDiscovery discovery = new ResizeDiscovery(client, clock);
        knows("pods", "pods/eviction");
        assertThat(discovery.supported()).isFalse();

        knows("pods", "pods/resize");
        clock.move(ResizeDiscovery.KEPT_FOR.minusSeconds(1));
        assertThat(discovery.supported()).as("asked a moment ago").isFalse();
        clock.move(Duration.ofSeconds(1));
        assertThat(discovery.supported()).isTrue();
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    private void knows(String... resources) {
        APIResourceListBuilder list = new APIResourceListBuilder().withGroupVersion("v1");
        for (String resource : resources) {
            list.addNewResource().withName(resource).endResource();
        }
        server.expect().get().withPath("/api/v1").andReturn(200, list.build()).once();
    }

    private PodResizer resizer() {
        return new PodResizer(client, Clock.systemUTC(), Duration.ofSeconds(5));
    }

    private AttemptOutcome resize() {
        return resizer().resize(target(false), () -> {});
    }

    private static ResizeTarget target(boolean requestToo) {
        return new ResizeTarget(POD, "4711", "app", 400L << 20, requestToo);
    }

    private void answer(String path, int code, Object body) {
        server.expect().patch().withPath(path).andReturn(code, body).once();
    }

    private RecordedRequest request() throws InterruptedException {
        RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    private static JsonNode json(RecordedRequest request) throws JsonProcessingException {
        return new ObjectMapper().readTree(request.getBody().readUtf8());
    }

    private static Object pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("checkout-0")
                .endMetadata()
                .build();
    }

    private static Status status(int code, String message) {
        return new StatusBuilder()
                .withStatus("Failure")
                .withCode(code)
                .withMessage(message)
                .build();
    }
}
