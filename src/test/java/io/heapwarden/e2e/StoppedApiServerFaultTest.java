package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.e2e.ApiProxy.Request;
import io.heapwarden.e2e.AuditTrail.Act;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The API server is away for a minute just when a pod is to be evicted: nothing is lost, and what waited comes one by one. */
@Tag("faults")
class StoppedApiServerFaultTest {

    private static final Duration AWAY = Duration.ofSeconds(60);
    private static final Duration BETWEEN = Duration.ofSeconds(8);
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final int WORKLOADS = 6;

    /** How the API server goes away. */
    enum Way {
        /** It hangs, then goes on and does what it was asked meanwhile. */
        Stopped,
        /** It is killed and started again. */
        Killed
    }

    /** Takes the API server away when the second eviction is on its way. */
    private record TakenAway(Way way, AtomicBoolean second, AtomicBoolean done) implements ApiProxy.Interference {
        @Override
        public boolean passes(Request request) {
            if (request.evicts() && second.getAndSet(true) && !done.getAndSet(true)) {
                ApiServerProcess.stop();
                Thread.ofPlatform().daemon().start(() -> {
                    Pause.of(AWAY);
                    if (way == Way.Killed) {
                        ApiServerProcess.restart();
                    } else {
                        ApiServerProcess.goOn();
                    }
                });
            }
            return true;
        }
    }

    @BeforeEach
    void hereOnly() {
        assumeThat(ApiServerProcess.isHere())
                .as("the API server is a process of this machine")
                .isTrue();
        LocalFaults.begin();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void nothingIsLostAndThereIsNoBurst(Way way) {
        String namespace = "faults-away-" + way.name().toLowerCase(java.util.Locale.ROOT);
        List<String> apps =
                IntStream.range(0, WORKLOADS).mapToObj("away%d"::formatted).toList();
        TestCluster.createNamespace(namespace, Map.of());
        for (String app : apps) {
            apply(namespace, Leaker.of("Deployment", app, 1).manifest());
            apply(namespace, LocalFaults.policy(app, "cooldown: 1h"));
        }
        TakenAway fault = new TakenAway(way, new AtomicBoolean(), new AtomicBoolean());
        try (AuditTrail trail = new AuditTrail(namespace);
                ApiProxy proxy = new ApiProxy(TestCluster.CLIENT.getConfiguration());
                Supervised operator = new Supervised(proxy, namespace)) {
            proxy.interfere(fault);

            await("all to be restarted, " + way)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        operator.startAgainWhereItEnded();
                        return apps.stream().allMatch(app -> done(trail, app).size() == 1);
                    });

            List<Act> acts =
                    apps.stream().flatMap(app -> done(trail, app).stream()).toList();
            Set<String> gone = new HashSet<>();
            trail.gone().forEach(pod -> gone.add(pod.uid()));
            long wrong = gone.size() - (long) apps.size() + tooClose(acts).size();
            FaultTable.add("API server away for 60 s: " + way, 1, gone.size(), wrong, apps.size() - acts.size());
            assertThat(fault.done()).isTrue();
            assertThat(gone)
                    .containsExactlyInAnyOrderElementsOf(
                            acts.stream().map(Act::podUid).toList());
            assertThat(tooClose(acts)).isEmpty();
        } finally {
            TestCluster.deleteNamespace(namespace);
        }
    }

    private static List<Act> done(AuditTrail trail, String app) {
        return trail.acts(app).stream()
                .filter(act -> Set.of("Evicted", "Unanswered").contains(act.outcome()))
                .toList();
    }

    /** Pairs of decisions with less time between them than the installation allows. */
    private static List<String> tooClose(List<Act> acts) {
        List<Instant> times =
                acts.stream().map(Act::time).map(Instant::parse).sorted().toList();
        List<String> pairs = new ArrayList<>();
        for (int i = 1; i < times.size(); i++) {
            if (times.get(i).isBefore(times.get(i - 1).plus(BETWEEN))) {
                pairs.add(times.get(i - 1) + " and " + times.get(i));
            }
        }
        return pairs;
    }

    /** An operator that is started again when it ends, as the kubelet does. */
    private static final class Supervised implements AutoCloseable {

        private final ApiProxy proxy;
        private final String namespace;
        private OperatorProcess process;

        Supervised(ApiProxy proxy, String namespace) {
            this.proxy = proxy;
            this.namespace = namespace;
            this.process = start();
        }

        void startAgainWhereItEnded() {
            if (!process.runs()) {
                process = start();
            }
        }

        private OperatorProcess start() {
            return new OperatorProcess(
                    proxy,
                    "first",
                    namespace,
                    namespace,
                    Map.of("HEAPWARDEN_RESTARTS_BETWEEN", BETWEEN.toSeconds() + "s"));
        }

        @Override
        public void close() {
            process.kill();
        }
    }
}
