package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.e2e.ApiProxy.Answered;
import io.heapwarden.e2e.ApiProxy.Request;
import io.heapwarden.e2e.AuditTrail.Act;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two operators that both believe to lead work on the same policies, and each workload has two leaking pods. Intents are held up on their way, so
 * that the two meet as often as possible. In each workload there is one restart for each cooldown, whoever does it.
 */
@Tag("faults")
class TwoLeadersFaultTest {

    private static final String NAMESPACE = "faults-leaders";
    private static final Duration COOLDOWN = Duration.ofSeconds(40);
    private static final int MOST_WORKLOADS = 8;

    /** How long a request of an operator is under way. */
    private static final class SlowIntents implements ApiProxy.Interference {
        @Override
        public boolean passes(Request request) {
            if (request.writes("Intended")) {
                Pause.of(Duration.ofSeconds(2));
            }
            return true;
        }
    }

    @Test
    void oneRestartForEachCooldownWhoeverDoesIt() {
        LocalFaults.begin();
        int wanted = 2 * FaultTable.repetitions();
        List<String> apps = IntStream.range(0, Math.clamp(wanted / 4, 2, MOST_WORKLOADS))
                .mapToObj("pair%02d"::formatted)
                .toList();
        TestCluster.createNamespace(NAMESPACE, Map.of());
        for (String app : apps) {
            apply(NAMESPACE, Leaker.of("Deployment", app, 2).manifest());
            apply(
                    NAMESPACE,
                    LocalFaults.policy(
                            app,
                            "cooldown: %ds, leastRelief: 1s, maxPerDay: 20, maxUnavailable: 100%%"
                                    .formatted(COOLDOWN.toSeconds())));
        }
        try (AuditTrail trail = new AuditTrail(NAMESPACE);
                ApiProxy one = new ApiProxy(TestCluster.CLIENT.getConfiguration());
                ApiProxy other = new ApiProxy(TestCluster.CLIENT.getConfiguration());
                OperatorProcess first = LocalFaults.operator(one, NAMESPACE);
                OperatorProcess second = new OperatorProcess(other, "second", "default", NAMESPACE, Map.of())) {
            one.interfere(new SlowIntents());
            other.interfere(new SlowIntents());

            await(wanted + " restarts")
                    .atMost(Duration.ofMinutes(4).plusSeconds(20L * wanted))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> one.evictions().size() + other.evictions().size() >= wanted);
            first.kill();
            second.kill();

            List<Answered> evictions = Stream.concat(one.evictions().stream(), other.evictions().stream())
                    .toList();
            List<String> mistakes = new ArrayList<>();
            apps.forEach(app -> mistakes.addAll(mistakes(app, trail, evictions)));
            FaultTable.addWithoutIntents(
                    "two leaders (" + one.evictions().size() + " acts by one, "
                            + other.evictions().size() + " by the other)",
                    evictions.size(),
                    evictions.size(),
                    mistakes.size());
            assertThat(mistakes).isEmpty();
        } finally {
            TestCluster.deleteNamespace(NAMESPACE);
        }
    }

    /** What the API server was asked for though it should not have been. */
    private static List<String> mistakes(String app, AuditTrail trail, List<Answered> evictions) {
        List<Answered> ours = evictions.stream()
                .filter(eviction -> eviction.request().name().startsWith(app + "-"))
                .sorted((before, after) -> before.at().compareTo(after.at()))
                .toList();
        List<String> mistakes = new ArrayList<>();
        Set<String> pods = new HashSet<>();
        Instant last = Instant.MIN;
        for (Answered eviction : ours) {
            String pod = eviction.request().name();
            if (!pods.add(pod)) {
                mistakes.add(pod + " was evicted twice");
            }
            Instant decided = trail.acts(app).stream()
                    .filter(act -> eviction.request().body().contains(act.podUid()))
                    .map(Act::time)
                    .map(Instant::parse)
                    .findFirst()
                    .orElse(Instant.MIN);
            if (decided.equals(Instant.MIN)) {
                mistakes.add("the eviction of " + pod + " at " + eviction.at() + " was written down nowhere");
            } else if (!last.equals(Instant.MIN) && decided.isBefore(last.plus(COOLDOWN))) {
                mistakes.add("%s was evicted by a decision of %s, %d s after that of %s"
                        .formatted(pod, decided, Duration.between(last, decided).toSeconds(), last));
            }
            last = decided;
        }
        return mistakes;
    }
}
