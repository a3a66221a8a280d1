package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.heapwarden.api.ActionRecord;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicySpec.Mode;
import io.heapwarden.api.Restart.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A leaking pod outside of the restart window, under a policy that resizes up to 1Gi. */
@EnableKubernetesMockClient(crud = true)
class ResizerTest {

    private static final String POLICY = "/apis/heapwarden.io/v1alpha1/namespaces/shop/memorypolicies/checkout";
    private static final String RESIZE = "/api/v1/namespaces/shop/pods/" + Shop.POD + "/resize";

    KubernetesMockServer server;
    KubernetesClient client;

    private final ScriptedEvictor evictor = new ScriptedEvictor();
    private final List<List<String>> statusesWhenResized = new ArrayList<>();
    private Applied statuses;
    private Operated operated;
    private Pod pod;

    @BeforeEach
    void start() {
        statuses = Applied.to(server, PolicyStatusWriterTest.STATUS);
        pod = client.resource(ResizableContainersTest.pod("320Mi", "320Mi")).create();
        client.resource(Shop.deployment(1)).create();
        server.expect()
                .get()
                .withPath(POLICY)
                .andReply(200, request -> policy(Mode.Enforce, true))
                .always();
        operated = new Operated(client, evictor);
        operated.watch();
    }

    @AfterEach
    void stop() {
        operated.close();
    }

    @Test
    void theIntentStandsInTheStatusBeforeTheLimitIsRaisedAndNothingIsRestarted() {
        clusterResizes(true);
        accepts();

        propose(policy(Mode.Enforce, true));

        assertThat(statusesWhenResized).containsExactly(List.of(), List.of("Intended"));
        assertThat(evictor.evicted).isEmpty();
        assertThat(actions()).singleElement().satisfies(action -> {
            assertThat(action.action()).isEqualTo("Resize");
            assertThat(action.outcome()).isEqualTo("Resized");
            assertThat(action.resize()).isEqualTo(new ActionRecord.Resize("app", "320Mi", "400Mi", 1));
            assertThat(action.reason()).contains("No restart window is open");
        });
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        client.v1().events().inNamespace(Shop.NAMESPACE).list().getItems())
                .extracting(Event::getReason)
                .contains("RestartRefused", "Resized"));
        JsonNode written = statuses.last().at("/status/lastActions/0/resize");
        assertThat(written.path("to").asText()).isEqualTo("400Mi");
    }

    @Test
    void onceEachCooldownAndTheRestartsOwnPaceIsUntouched() {
        clusterResizes(true);
        accepts();
        propose(policy(Mode.Enforce, true));
        operated.clock.move(Duration.ofMinutes(10));

        propose(policy(Mode.Enforce, true));
        assertThat(statusesWhenResized).as("one rehearsal and one patch").hasSize(2);

        operated.clock.move(Duration.ofMinutes(5));
        propose(policy(Mode.Enforce, false));
        assertThat(evictor.evicted).as("a resize uses up no cooldown").hasSize(1);
    }

    @Test
    void observeSaysItOnce() {
        clusterResizes(true);
        propose(policy(Mode.Observe, true));
        operated.clock.move(Duration.ofHours(1));
        propose(policy(Mode.Observe, true));

        assertThat(actions()).singleElement().satisfies(action -> assertThat(action.outcome())
                .isEqualTo("WouldHaveResized"));
    }

    @Test
    void aPodThatIsBeingResizedNowIsLeftAlone() {
        clusterResizes(true);
        client.pods().resource(pod).edit(now -> new PodBuilder(now)
                .editStatus()
                .addNewCondition()
                .withType("PodResizePending")
                .withStatus("True")
                .withReason("Deferred")
                .endCondition()
                .endStatus()
                .build());

        propose(policy(Mode.Enforce, true));

        assertThat(actions()).isEmpty();
    }

    @Test
    void aPodThatWasReplacedIsLeftAlone() {
        clusterResizes(true);
        pod = new PodBuilder(pod)
                .editMetadata()
                .withUid("uid of an earlier pod")
                .endMetadata()
                .build();
        operated.clock.move(Duration.ofSeconds(1));

        propose(policy(Mode.Enforce, true));

        assertThat(actions()).isEmpty();
    }

    @Test
    void aRefusalOfTheApiServerIsWrittenDownAndTriedAgainLater() {
        clusterResizes(true);
        server.expect()
                .patch()
                .withPath(RESIZE + "?dryRun=All")
                .andReturn(403, status("exceeded quota: memory"))
                .once();
        propose(policy(Mode.Enforce, true));
        assertThat(actions()).singleElement().satisfies(action -> {
            assertThat(action.outcome()).isEqualTo("Forbidden");
            assertThat(action.reason()).contains("exceeded quota");
        });

        accepts();
        operated.clock.move(Duration.ofMinutes(5));
        propose(policy(Mode.Enforce, true));

        assertThat(actions()).singleElement().satisfies(action -> {
            assertThat(action.outcome()).isEqualTo("Resized");
            assertThat(action.resize().number()).isEqualTo(1);
        });
    }

    @Test
    void nothingIsResizedWhenTheIntentCannotBeWritten() {
        clusterResizes(true);
        accepts();
        statuses.refuse(403);

        propose(policy(Mode.Enforce, true));

        assertThat(statusesWhenResized).as("only the rehearsal").hasSize(1);
    }

    @Test
    void aClusterThatCannotIsToldInTheConditionActing() {
        clusterResizes(false);
        MemoryPolicy policy = policy(Mode.Enforce, true);
        propose(policy);
        operated.status.write(PolicyKey.of(policy));

        JsonNode acting = statuses.last().at("/status/conditions/0");
        assertThat(acting.path("type").asText()).isEqualTo("Acting");
        assertThat(acting.path("status").asText()).isEqualTo("False");
        assertThat(acting.path("reason").asText()).isEqualTo("CannotResize");
        assertThat(acting.path("message").asText()).contains("Kubernetes 1.33", "use the strategy Evict");
        assertThat(actions()).isEmpty();
    }

    @Test
    void anIntentOfAnOperatorThatEndedIsSettledByTheLimitThatIsFound() {
        MemoryPolicy policy = policy(Mode.Enforce, true);
        operated.plan(policy);
        operated.log.put(policy, intended(pod.getMetadata().getUid(), "320Mi"));
        operated.log.put(policy, intended("uid of an earlier pod", "320Mi"));
        operated.clock.move(Duration.ofMinutes(3));

        operated.intents.settle(policy);
        assertThat(operated.log.of(policy)).extracting(ActionRecord::outcome).containsExactly("Resized", "Gone");

        operated.log.put(policy, intended(pod.getMetadata().getUid(), "400Mi"));
        operated.clock.move(Duration.ofMinutes(3));
        operated.intents.settle(policy);
        assertThat(operated.log.of(policy)).extracting(ActionRecord::outcome).containsExactly("Dropped", "Gone");
        assertThat(operated.log.of(policy).getFirst().resize()).isNotNull();
    }

    private ActionRecord intended(String uid, String to) {
        return new ActionRecord(
                operated.clock.instant().toString(),
                Shop.POD,
                uid,
                "Deployment/checkout",
                "Resize",
                "Intended",
                "NativeGrowth",
                null,
                null,
                new ActionRecord.Resize("app", "256Mi", to, 1));
    }

    private void propose(MemoryPolicy policy) {
        PolicyPlan plan = operated.plan(policy);
        operated.restarter.propose(pod, plan, operated.monitor(pod, plan), Views.leakingOutsideTheHeap());
    }

    private List<ActionRecord> actions() {
        return operated.log.of(policy(Mode.Enforce, true));
    }

    private static MemoryPolicy policy(Mode mode, boolean windowClosed) {
        // The tests begin on a Monday.
        List<Window> windows = windowClosed ? List.of(new Window(List.of("Sat"), "22:00", "23:00", "UTC")) : List.of();
        MemoryPolicy policy = Shop.resizing(mode, windows);
        policy.getMetadata().setGeneration(windowClosed ? 3L : 4L);
        policy.getMetadata().setResourceVersion("4711");
        return policy;
    }

    private void clusterResizes(boolean can) {
        APIResourceListBuilder list = new APIResourceListBuilder().withGroupVersion("v1");
        list.addNewResource().withName("pods").endResource();
        if (can) {
            list.addNewResource().withName("pods/resize").endResource();
        }
        server.expect().get().withPath("/api/v1").andReturn(200, list.build()).always();
    }

    /** Lets the API server accept resizes, and notes what stood in the status by then. */
    private void accepts() {
        for (String path : List.of(RESIZE + "?dryRun=All", RESIZE)) {
            server.expect()
                    .patch()
                    .withPath(path)
                    .andReply(200, request -> {
                        statusesWhenResized.add(outcomesInStatus());
                        return pod;
                    })
                    .always();
        }
    }

    private List<String> outcomesInStatus() {
        @Nullable JsonNode last = statuses.patches().isEmpty() ? null : statuses.last();
        return last == null ? List.of() : last.at("/status/lastActions").findValuesAsText("outcome");
    }

    private static Status status(String message) {
        return new StatusBuilder()
                .withStatus("Failure")
                .withCode(403)
                .withMessage(message)
                .build();
    }
}
