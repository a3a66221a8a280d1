package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.e2e.ApiProxy.Request;
import io.heapwarden.e2e.AuditTrail.Act;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The operator is killed at each step of a restart, once for each workload, and another one goes on. Every cause is acted on at most once, and every
 * intent gets its outcome.
 */
@Tag("faults")
class KilledOperatorFaultTest {

    /** Workloads that leak at a time; more keep two cores from sampling them in time. */
    private static final int AT_ONCE = 15;

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final Duration RETRY = Duration.ofMinutes(5);

    /** Holds the one request of each workload at which the operator is to be killed. */
    private static final class Trap implements ApiProxy.Interference {

        private final Map<String, RestartStep> armed = new ConcurrentHashMap<>();
        private final BlockingQueue<String> caught = new LinkedBlockingQueue<>();
        private volatile CountDownLatch killed = new CountDownLatch(1);

        @Override
        public boolean passes(Request request) {
            return !at(request, step -> step.isBefore(request));
        }

        @Override
        public boolean answers(Request request) {
            return !at(request, step -> step.isAfter(request));
        }

        private boolean at(Request request, Predicate<RestartStep> here) {
            String app = armed.keySet().stream()
                    .filter(one -> request.name().equals(one) || request.name().startsWith(one + "-"))
                    .findFirst()
                    .orElse("");
            if (app.isEmpty() || !here.test(armed.get(app))) {
                return false;
            }
            armed.remove(app);
            caught.add(app);
            try {
                killed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return true;
        }
    }

    @Test
    void noCauseIsActedOnTwiceAndNoIntentIsForgotten() throws Exception {
        LocalFaults.begin();
        int repetitions = FaultTable.repetitions() * RestartStep.values().length;
        Map<RestartStep, long[]> table = new EnumMap<>(RestartStep.class);
        List<String> mistakes = new ArrayList<>();

        for (int from = 0; from < repetitions; from += AT_ONCE) {
            List<String> apps = new ArrayList<>();
            for (int number = from; number < Math.min(from + AT_ONCE, repetitions); number++) {
                apps.add("shop%03d".formatted(number));
            }
            round("faults-kill-" + from / AT_ONCE, apps, table, mistakes);
        }

        table.forEach((step, sum) -> FaultTable.add("operator killed: " + step, (int) sum[0], sum[1], sum[2], sum[3]));
        assertThat(mistakes).isEmpty();
    }

    private static void round(
            String namespace, List<String> apps, Map<RestartStep, long[]> table, List<String> mistakes)
            throws InterruptedException {
        TestCluster.createNamespace(namespace, Map.of());
        Map<String, RestartStep> steps = new ConcurrentHashMap<>();
        for (String app : apps) {
            steps.put(app, RestartStep.values()[Integer.parseInt(app.substring(4)) % RestartStep.values().length]);
            apply(namespace, Leaker.of("Deployment", app, 1).manifest());
            apply(namespace, LocalFaults.policy(app, "cooldown: 1h"));
        }
        Trap trap = new Trap();
        trap.armed.putAll(steps);
        try (AuditTrail trail = new AuditTrail(namespace);
                ApiProxy proxy = new ApiProxy(TestCluster.CLIENT.getConfiguration())) {
            proxy.interfere(trap);
            OperatorProcess operator = LocalFaults.operator(proxy, namespace);
            for (int kill = 0; kill < apps.size(); kill++) {
                assertThat(trap.caught.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .as("another restart to be begun, after %d kills; still armed: %s", kill, trap.armed)
                        .isNotNull();
                operator.kill();
                CountDownLatch killed = trap.killed;
                trap.killed = new CountDownLatch(1);
                killed.countDown();
                operator = LocalFaults.operator(proxy, namespace);
            }
            try (OperatorProcess last = operator) {
                await("each intent to have an outcome").atMost(PATIENCE).until(() -> steps.keySet().stream()
                        .allMatch(app -> open(trail, app) == 0 && settled(trail, app)));
                assertThat(last.runs()).isTrue();
            }
            steps.forEach((app, step) -> {
                long acts = proxy.evictions().stream()
                        .filter(eviction -> eviction.request().name().startsWith(app + "-"))
                        .count();
                // What was dropped is proposed anew after the retry distance, which a round of many kills may outlast:
                // that is another restart.
                long anew = step.acts() == 0
                        ? trail.acts(app).stream()
                                .filter(act -> act.outcome().equals("Intended"))
                                .skip(1)
                                .filter(act -> Instant.parse(act.time())
                                        .isAfter(Instant.parse(trail.acts(app)
                                                        .getFirst()
                                                        .time())
                                                .plus(RETRY)))
                                .count()
                        : 0;
                long due = step.acts() + anew;
                boolean right = acts == due
                        && trail.gone(app).size() == due
                        && trail.acts(app).stream()
                                .anyMatch(act -> act.outcome().equals(step.outcome()));
                if (!right) {
                    mistakes.add("%s killed %s: %d evictions, pods gone %s, outcomes %s"
                            .formatted(app, step, acts, trail.gone(app), trail.acts(app)));
                }
                long[] sum = table.computeIfAbsent(step, any -> new long[4]);
                sum[0]++;
                sum[1] += acts;
                sum[2] += Math.max(0, Math.max(acts, trail.gone(app).size()) - due);
                sum[3] += open(trail, app);
            });
        } finally {
            TestCluster.deleteNamespace(namespace);
        }
    }

    private static boolean settled(AuditTrail trail, String app) {
        return trail.acts(app).stream().anyMatch(act -> RestartStep.OUTCOMES.contains(act.outcome()));
    }

    /** Intents of a policy that no outcome followed. */
    private static long open(AuditTrail trail, String app) {
        List<Act> acts = trail.acts(app);
        return acts.stream()
                .filter(act -> act.outcome().equals("Intended"))
                .filter(intent -> acts.stream()
                        .noneMatch(other -> other.time().equals(intent.time())
                                && other.podUid().equals(intent.podUid())
                                && RestartStep.OUTCOMES.contains(other.outcome())))
                .count();
    }
}
