package io.heapwarden.operator;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.operator.evidence.EvidenceDesk;
import io.heapwarden.operator.evidence.EvidenceOrder;
import io.heapwarden.operator.evidence.EvidenceState.Done;
import io.heapwarden.response.PodResizer;
import io.heapwarden.response.ResizeDiscovery;
import io.heapwarden.response.RestartRules;
import io.heapwarden.response.RestartStrategy;
import io.heapwarden.response.notify.DeliveryMetrics;
import io.heapwarden.response.notify.Notifier;
import io.heapwarden.response.notify.NotifySettings;
import io.heapwarden.telemetry.AuditLog;
import io.heapwarden.telemetry.EventRecorder;
import io.heapwarden.telemetry.OperatorMetrics;
import io.heapwarden.telemetry.Tracing;
import io.heapwarden.time.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** The operator's parts, wired as in the cluster, on a mock API server, with a scripted container and no threads of its own. */
final class Operated implements AutoCloseable {

    final MovableClock clock = new MovableClock();
    final ScriptedProbe probe = new ScriptedProbe(clock);
    final KnownPolicies known = new KnownPolicies();
    final ActionLog log = new ActionLog();
    final Trials trials = new Trials();

    /** What comes of collecting evidence. */
    private volatile CountDownLatch evidenceHeld = new CountDownLatch(0);

    final List<EvidenceOrder> ordered = new CopyOnWriteArrayList<>();

    final Done collected = new Done(clock.instant(), null, "Evidence is kept nowhere.");

    final PolicyCache policies = new PolicyCache();
    final WorkloadBook book = new WorkloadBook(policies, clock);
    final PodAnnotator annotator;
    final ReportStore reports;
    final PolicyStatusWriter status;
    final Restarter restarter;
    final IntentSettlement intents;
    final PodWatch podWatch;
    final PolicyEvents policyEvents;
    final FindingPublisher findingPublisher;
    final FindingIntake findings;
    final Monitors monitors;
    final RestartNews news;
    final List<StandingCheck> checks = new ArrayList<>();

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final OperatorMetrics metrics = new OperatorMetrics(registry);
    private final EventRecorder events;
    private final SecurityTurn security;
    private final Publisher publisher;
    private final SamplingSchedule schedule;

    Operated(KubernetesClient client, RestartStrategy evictor) {
        this(client, evictor, Tracing.OFF);
    }

    Operated(KubernetesClient client, RestartStrategy evictor, Tracing tracing) {
        Settings settings = new Settings();
        events = new EventRecorder(client, "heapwarden-0", metrics, clock);
        policies.use(known);
        Notices notices = new Notices(new Notifier(NotifySettings.NONE, DeliveryMetrics.NONE, clock), clock);
        EvidenceDesk desk = new EvidenceDesk(
                order -> {
                    ordered.add(order);
                    awaitEvidence();
                    return collected;
                },
                null,
                (order, done) -> {},
                clock);
        EvidenceOrders evidence = new EvidenceOrders(desk, clock);
        podWatch = new PodWatch(client, settings);
        annotator = new PodAnnotator(client);
        reports = new ReportStore(client, podWatch, clock);
        policyEvents = new PolicyEvents(events, policies);
        schedule = new SamplingSchedule(
                new AdaptiveLimit(1, System::nanoTime), 1, Duration.ofSeconds(30), System::nanoTime);
        // The tests make most monitors themselves, so the status knows of no pod.
        monitors = new Monitors(any -> probe, podWatch, schedule, null, null, reports, book, metrics, clock);
        ResizeSupport resizes = new ResizeSupport(true, new ResizeDiscovery(client, clock));
        PolicyObjectives objectives = new PolicyObjectives(book, clock);
        status = new PolicyStatusWriter(
                client,
                policies,
                new PolicyStatusFactory(
                        monitors,
                        log,
                        new PolicyConditions(
                                podWatch,
                                policies,
                                log,
                                notices,
                                desk,
                                resizes,
                                new SecurityObstacles(new SecurityChecks(checks), () -> "nobody listens"),
                                clock),
                        objectives,
                        new PolicyWorkloads(book, objectives),
                        trials,
                        clock),
                log,
                new BurnEvents(policyEvents));
        ActAudit audit = new ActAudit(new AuditLog("heapwarden-0", null), clock);
        news = new RestartNews(policyEvents, metrics, notices, evidence, audit, tracing);
        restarter = new Restarter(
                new RestartWays(false, RestartRules.DEFAULT_BETWEEN_ANY, evictor),
                new WorkloadReader(client, podWatch),
                log,
                policies,
                status,
                new PolicyTrigger(),
                news,
                trials,
                new Resizer(
                        client,
                        new PodResizer(client, clock),
                        resizes,
                        log,
                        status,
                        new ResizeNews(policyEvents, metrics, audit)),
                tracing,
                clock);
        intents = new IntentSettlement(client, log, news, clock);
        FindingNews findingNews = new FindingNews(policyEvents, notices, metrics, tracing, clock);
        security = new SecurityTurn(new SecurityChecks(checks), findingNews, clock);
        publisher = new Publisher(
                new Responder(
                        annotator,
                        new StateEvents(policyEvents),
                        restarter,
                        new FindingResponder(evidence, restarter, findingNews),
                        policies,
                        trials,
                        evidence,
                        notices,
                        new VerdictSpans(tracing)),
                reports,
                annotator,
                podWatch,
                new PolicyTrigger(),
                new RegressionEvents(policyEvents, book, clock),
                new ProbeEvents(policyEvents));
        findingPublisher = new FindingPublisher(publisher, podWatch, Duration.ZERO);
        findings = new FindingIntake(findingNews, findingPublisher, podWatch);
    }

    /** Lets the operator see these pods, which must be on the API server. */
    void watch() {
        podWatch.start(() -> {});
        await().atMost(Duration.ofSeconds(10)).until(podWatch::synced);
    }

    /** From now on evidence is being collected until the end of the test. */
    void holdEvidence() {
        evidenceHeld = new CountDownLatch(1);
    }

    private void awaitEvidence() {
        try {
            evidenceHeld.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until what was found is on the API server. */
    void awaitPublished() {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(10))
                .until(findingPublisher::isIdle);
    }

    PolicyPlan plan(MemoryPolicy policy) {
        known.policies.clear();
        known.policies.add(policy);
        return policies.plan(policy).orElseThrow();
    }

    PodMonitor monitor(Pod pod, PolicyPlan plan) {
        return new PodMonitor(pod, plan, Map.of(), any -> probe, podWatch, security, publisher, book, metrics, clock);
    }

    @Override
    public void close() {
        evidenceHeld.countDown();
        findingPublisher.stop();
        podWatch.stop();
        schedule.stop();
        events.close();
    }

    private static final class Settings implements OperatorSettings {
        @Override
        public Optional<Set<String>> namespaces() {
            return Optional.of(Set.of(Shop.NAMESPACE));
        }

        @Override
        public Optional<String> podNamespace() {
            return Optional.empty();
        }

        @Override
        public Optional<String> podName() {
            return Optional.empty();
        }

        @Override
        public Channels channels() {
            throw new UnsupportedOperationException("nobody is asked");
        }

        @Override
        public Restarts restarts() {
            throw new UnsupportedOperationException("the ways to restart are given");
        }

        @Override
        public Optional<String> notifyFile() {
            return Optional.empty();
        }

        @Override
        public Evidence evidence() {
            throw new UnsupportedOperationException("evidence is scripted");
        }

        @Override
        public Falco falco() {
            throw new UnsupportedOperationException("nothing is received");
        }

        @Override
        public Audit audit() {
            throw new UnsupportedOperationException("the audit log is given");
        }

        @Override
        public Otlp otlp() {
            throw new UnsupportedOperationException("tracing is given");
        }

        @Override
        public Sampling sampling() {
            throw new UnsupportedOperationException("nothing is scheduled");
        }
    }
}
