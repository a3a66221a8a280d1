package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.CLIENT;
import static io.heapwarden.e2e.TestCluster.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.e2e.ApiProxy.Request;
import io.heapwarden.e2e.AuditTrail.Act;
import io.heapwarden.operator.OperatorInHand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same as {@link KilledOperatorFaultTest}, many times: at a step of a restart every connection of the operator ends for good, which is all that a
 * cluster sees of one that is killed, and another operator goes on. The pods run nothing that could leak; the operators are told that they do.
 */
@Tag("faults")
class SeveredOperatorFaultTest {

    private static final int AT_ONCE = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration BETWEEN_TURNS = Duration.ofSeconds(5);

    /** For so long after the end nothing more may be done; the retry distance, 5 minutes, is longer. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(20);

    /** Lets everything through up to the step, and nothing after it. */
    private static final class Severance implements ApiProxy.Interference {

        private final RestartStep step;
        private final CountDownLatch severed = new CountDownLatch(1);

        Severance(RestartStep step) {
            this.step = step;
        }

        @Override
        public boolean passes(Request request) {
            if (step.isBefore(request)) {
                severed.countDown();
            }
            return severed.getCount() > 0;
        }

        @Override
        public boolean answers(Request request) {
            if (step.isAfter(request)) {
                severed.countDown();
            }
            return severed.getCount() > 0;
        }

        boolean came() throws InterruptedException {
            return severed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** What came of one restart. */
    private record Result(RestartStep step, int acts, int wrong, int lost, String words) {}

    @Test
    void noCauseIsActedOnTwiceAndNoIntentIsForgotten() throws Exception {
        LocalFaults.begin();
        await().atMost(PATIENCE)
                .until(() ->
                        CLIENT.namespaces().withName(OperatorInHand.NAMESPACE).get() == null);
        TestCluster.createNamespace(OperatorInHand.NAMESPACE, Map.of());
        int restarts = FaultTable.repetitions() * RestartStep.values().length;
        List<Result> results = new ArrayList<>();
        try (AuditTrail trail = new AuditTrail(OperatorInHand.NAMESPACE);
                ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Result>> running = new ArrayList<>();
            for (int number = 0; number < restarts; number++) {
                String app = "cut%03d".formatted(number);
                RestartStep step = RestartStep.values()[number % RestartStep.values().length];
                running.add(threads.submit(() -> restart(app, step, trail)));
            }
            for (Future<Result> one : running) {
                results.add(one.get());
            }
        } finally {
            TestCluster.deleteNamespace(OperatorInHand.NAMESPACE);
        }
        Map<RestartStep, List<Result>> byStep = new EnumMap<>(RestartStep.class);
        results.forEach(result ->
                byStep.computeIfAbsent(result.step(), any -> new ArrayList<>()).add(result));
        byStep.forEach((step, all) -> FaultTable.add(
                "operator cut off: " + step,
                all.size(),
                all.stream().mapToInt(Result::acts).sum(),
                all.stream().mapToInt(Result::wrong).sum(),
                all.stream().mapToInt(Result::lost).sum()));
        assertThat(results)
                .filteredOn(result -> result.wrong() + result.lost() > 0)
                .as("wrong acts and lost intents")
                .isEmpty();
    }

    private static Result restart(String app, RestartStep step, AuditTrail trail) throws Exception {
        apply(OperatorInHand.NAMESPACE, Pods.plain(app, "localhost/pause:1"));
        apply(OperatorInHand.NAMESPACE, LocalFaults.policy(app, "cooldown: 1h"));
        String uid = ready(app);
        Severance severance = new Severance(step);
        List<ApiProxy.Answered> evictions = new ArrayList<>();
        try (ApiProxy doomed = new ApiProxy(CLIENT.getConfiguration());
                ApiProxy whole = new ApiProxy(CLIENT.getConfiguration())) {
            doomed.interfere(severance);
            OperatorInHand first = new OperatorInHand(doomed.config(), app, uid);
            Thread turn = Thread.ofPlatform().daemon().start(first::turn);
            assertThat(severance.came()).as("%s to come to %s", app, step).isTrue();
            try (OperatorInHand second = new OperatorInHand(whole.config(), app, uid)) {
                await(app + " to be settled, cut off " + step)
                        .atMost(PATIENCE)
                        .pollInterval(BETWEEN_TURNS)
                        .until(() -> {
                            second.turn();
                            return settled(trail.acts(app), step);
                        });
                for (Instant end = Instant.now().plus(AFTERWARDS); Instant.now().isBefore(end); ) {
                    second.turn();
                    Pause.of(BETWEEN_TURNS);
                }
            }
            turn.interrupt();
            first.close();
            evictions.addAll(doomed.evictions());
            evictions.addAll(whole.evictions());
        }
        CLIENT.apps()
                .deployments()
                .inNamespace(OperatorInHand.NAMESPACE)
                .withName(app)
                .delete();
        List<Act> acts = trail.acts(app);
        int wrong = Math.abs(evictions.size() - step.acts());
        return new Result(step, evictions.size(), wrong, open(acts), app + ": " + acts);
    }

    private static boolean settled(List<Act> acts, RestartStep step) {
        return acts.stream().anyMatch(act -> act.outcome().equals(step.outcome())) && open(acts) == 0;
    }

    private static int open(List<Act> acts) {
        return (int) acts.stream()
                .filter(act -> act.outcome().equals("Intended"))
                .filter(intent -> acts.stream()
                        .noneMatch(other ->
                                other.time().equals(intent.time()) && RestartStep.OUTCOMES.contains(other.outcome())))
                .count();
    }

    /** Waits for the workload's pod; returns its uid. */
    private static String ready(String app) {
        return await().atMost(PATIENCE)
                .until(
                        () ->
                                CLIENT
                                        .pods()
                                        .inNamespace(OperatorInHand.NAMESPACE)
                                        .withLabel("app", app)
                                        .list()
                                        .getItems()
                                        .stream()
                                        .filter(SeveredOperatorFaultTest::isReady)
                                        .map(pod -> pod.getMetadata().getUid())
                                        .findFirst()
                                        .orElse(""),
                        uid -> !uid.isEmpty());
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }
}
