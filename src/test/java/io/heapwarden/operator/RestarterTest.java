package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.heapwarden.api.ActionRecord;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.api.MemoryPolicySpec.Mode;
import io.heapwarden.api.MemoryPolicyStatus;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.response.ActionOutcome;
import io.heapwarden.response.AttemptOutcome.BlockedByBudget;
import io.heapwarden.response.AttemptOutcome.Done;
import io.heapwarden.response.AttemptOutcome.Unanswered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class RestarterTest {

    KubernetesMockServer server;
    KubernetesClient client;

    private final ScriptedEvictor evictor = new ScriptedEvictor();
    private Applied statuses;
    private Operated operated;
    private Pod pod;
    private @Nullable ActionRecord theirs;

    @BeforeEach
    void start() {
        statuses = Applied.to(server, PolicyStatusWriterTest.STATUS);
        for (int i = 0; i < 6; i++) {
            client.resource(Shop.pod("checkout-6c9-" + i)).create();
        }
        client.resource(Shop.deployment(6)).create();
        answerWith(Shop.restarting(Mode.Enforce));
        operated = new Operated(client, evictor);
        operated.watch();
        pod = operated.podWatch.get(Shop.NAMESPACE, "checkout-6c9-0");
    }

    @AfterEach
    void stop() {
        operated.close();
    }

    @Test
    void observeOnlySaysAndSaysItOnce() {
        Proposal proposal = leaking(Mode.Observe);
        proposal.makeAfter(Duration.ZERO);
        proposal.makeAfter(Duration.ofHours(1));

        assertThat(evictor.evicted).isEmpty();
        assertThat(actions()).extracting(ActionRecord::outcome).containsExactly("WouldHaveEvicted");
    }

    @Test
    void theIntentStandsInTheStatusBeforeThePodIsEvicted() {
        List<List<String>> whenEvicted = new ArrayList<>();
        evictor.justBefore = () -> whenEvicted.addAll(outcomesInStatus());

        leaking(Mode.Enforce).makeAfter(Duration.ZERO);

        assertThat(whenEvicted).containsExactly(List.of("Intended"));
        assertThat(evictor.evicted).singleElement().satisfies(evicted -> {
            assertThat(evicted.name()).isEqualTo("checkout-6c9-0");
            assertThat(evicted.uid()).isEqualTo(pod.getMetadata().getUid());
        });
        assertThat(outcomesInStatus()).containsExactly(List.of("Intended"), List.of("Evicted"));
    }

    @Test
    void nothingIsEvictedWhenTheIntentCannotBeWrittenAndNoCooldownIsUsedUp() {
        Proposal proposal = leaking(Mode.Enforce);
        statuses.refuse(403);
        proposal.makeAfter(Duration.ZERO);
        assertThat(evictor.evicted).isEmpty();

        statuses.refuse(200);
        proposal.makeAfter(proposal.plan.restartRules().retryAfter());

        assertThat(evictor.evicted).hasSize(1);
    }

    @Test
    void nothingIsEvictedForAPolicyThatIsGone() {
        Proposal proposal = leaking(Mode.Enforce);
        operated.known.policies.clear();

        proposal.makeAfter(Duration.ZERO);

        assertThat(evictor.evicted).isEmpty();
    }

    @Test
    void aBudgetsRefusalIsWrittenDownAndUsesUpNoCooldown() {
        evictor.rehearsal = new BlockedByBudget("Cannot evict pod as it would violate the pod's disruption budget.");
        Proposal proposal = leaking(Mode.Enforce);
        proposal.makeAfter(Duration.ZERO);
        assertThat(actions()).singleElement().satisfies(action -> {
            assertThat(action.outcome()).isEqualTo("BlockedByBudget");
            assertThat(action.reason()).contains("disruption budget");
        });

        evictor.rehearsal = new Done(ActionOutcome.Evicted);
        proposal.makeAfter(Duration.ofMinutes(1));
        assertThat(evictor.evicted).as("not before the retry distance").isEmpty();
        proposal.makeAfter(proposal.plan.restartRules().retryAfter());

        assertThat(evictor.evicted).hasSize(1);
    }

    @Test
    void anEvictionUsesUpTheCooldownAndANewOperatorKnowsIt() {
        Proposal proposal = leaking(Mode.Enforce);
        proposal.makeAfter(Duration.ZERO);
        assertThat(evictor.evicted).hasSize(1);
        proposal.policy.setStatus(client.getKubernetesSerialization()
                .unmarshal(statuses.last().toString(), MemoryPolicy.class)
                .getStatus());

        operated.log.clear();
        proposal.makeAfter(Duration.ofMinutes(10));

        assertThat(evictor.evicted).hasSize(1);
    }

    @Test
    void anEvictionWithoutAnAnswerCountsAsDone() {
        evictor.answering(new Unanswered("no answer within 10s"));

        leaking(Mode.Enforce).makeAfter(Duration.ZERO);

        assertThat(outcomesInStatus()).last().isEqualTo(List.of("Unanswered"));
    }

    @Test
    void theGateIsNotAskedAgainAtOnce() {
        Proposal proposal = leaking(Mode.Enforce);
        evictor.rehearsal = new BlockedByBudget("no");
        proposal.makeAfter(Duration.ZERO);
        int calls = server.getRequestCount();

        proposal.makeAfter(Duration.ofSeconds(1));

        assertThat(server.getRequestCount()).isEqualTo(calls);
    }

    @Test
    void whatIsNotConfirmedIsNeverRestarted() {
        new Proposal(Mode.Enforce, Views.container(State.Suspect, Verdict.RetentionLeak)).makeAfter(Duration.ZERO);
        new Proposal(Mode.Enforce, Views.container(State.Critical, Verdict.Undersized)).makeAfter(Duration.ZERO);

        assertThat(evictor.evicted).isEmpty();
        assertThat(actions()).isEmpty();
    }

    @Test
    void whatAnotherLeaderBeganMeanwhileIsSeenBeforeActing() {
        Proposal proposal = leaking(Mode.Enforce);
        theirs = new ActionRecord(
                operated.clock.instant().minusSeconds(5).toString(),
                "checkout-6c9-1",
                "uid-checkout-6c9-1",
                "Deployment/checkout",
                "Restart",
                "Intended",
                "RetentionLeak",
                null,
                null);

        proposal.makeAfter(Duration.ZERO);

        assertThat(evictor.evicted).isEmpty();
        assertThat(actions()).containsExactly(theirs);
        assertThat(statuses.patches()).as("no intent of ours").isEmpty();
    }

    @Test
    void anIntentIsWrittenOnlyIfNobodyElseWroteMeanwhile() {
        statuses.refuseOnce(409);

        leaking(Mode.Enforce).makeAfter(Duration.ZERO);

        assertThat(statuses.patches().getFirst().at("/metadata/resourceVersion").asText())
                .isEqualTo("4711");
        assertThat(outcomesInStatus()).containsExactly(List.of("Intended"), List.of("Evicted"));
    }

    @Test
    void anIntentOfAnOperatorThatEndedIsSettledByWhatIsFound() {
        MemoryPolicy policy = Shop.restarting(Mode.Enforce);
        operated.plan(policy);
        ActionRecord standing = intended("checkout-6c9-1", podUid("checkout-6c9-1"));
        ActionRecord gone = intended("checkout-6c9-2", "uid of an earlier pod");
        operated.log.put(policy, standing);
        operated.log.put(policy, gone);

        operated.intents.settle(policy);
        assertThat(outcomes(policy)).as("somebody may still be at it").containsOnly("Intended");

        operated.clock.move(Duration.ofMinutes(2));
        operated.intents.settle(policy);
        assertThat(outcomes(policy)).containsExactlyInAnyOrder("Dropped", "Evicted");
        assertThat(operated.log.of(policy))
                .anySatisfy(record -> assertThat(record.reason()).endsWith("the pod still stands"));
    }

    private ActionRecord intended(String pod, String uid) {
        return new ActionRecord(
                operated.clock.instant().toString(),
                pod,
                uid,
                "Deployment/checkout",
                "Restart",
                "Intended",
                "RetentionLeak",
                null,
                null);
    }

    private String podUid(String name) {
        return client.pods()
                .inNamespace(Shop.NAMESPACE)
                .withName(name)
                .get()
                .getMetadata()
                .getUid();
    }

    private List<String> outcomes(MemoryPolicy policy) {
        return operated.log.of(policy).stream().map(ActionRecord::outcome).toList();
    }

    /** The policy as the API server has it, with what another leader wrote. */
    private void answerWith(MemoryPolicy policy) {
        policy.getMetadata().setResourceVersion("4711");
        server.expect()
                .get()
                .withPath("/apis/heapwarden.io/v1alpha1/namespaces/shop/memorypolicies/checkout")
                .andReply(200, request -> {
                    List<ActionRecord> known = theirs == null ? List.of() : List.of(theirs);
                    policy.setStatus(new MemoryPolicyStatus(3L, null, null, null, null, known, null, null, null, null));
                    return policy;
                })
                .always();
    }

    private Proposal leaking(Mode mode) {
        return new Proposal(mode, Views.leaking());
    }

    private List<ActionRecord> actions() {
        return operated.log.of(Shop.restarting(Mode.Enforce));
    }

    /** The outcomes of each status that was written, oldest write first. */
    private List<List<String>> outcomesInStatus() {
        return statuses.patches().stream()
                .map(patch -> patch.at("/status/lastActions").findValuesAsText("outcome"))
                .toList();
    }

    /** One pod that is proposed for a restart, again and again. */
    private final class Proposal {
        private final MemoryPolicy policy;
        private final PolicyPlan plan;
        private final PodMonitor monitor;
        private final ContainerView container;

        Proposal(Mode mode, ContainerView container) {
            this.policy = Shop.restarting(mode);
            this.plan = operated.plan(policy);
            this.monitor = operated.monitor(pod, plan);
            this.container = container;
        }

        void makeAfter(Duration time) {
            operated.clock.move(time);
            operated.restarter.propose(pod, plan, monitor, container);
        }
    }
}
