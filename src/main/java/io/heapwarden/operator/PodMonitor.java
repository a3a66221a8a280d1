package io.heapwarden.operator;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.growth.State;
import io.heapwarden.history.ContainerCheckpoint;
import io.heapwarden.operator.evidence.EvidenceState.Done;
import io.heapwarden.probe.Target;
import io.heapwarden.security.FindingLedger;
import io.heapwarden.telemetry.OperatorMetrics;
import io.heapwarden.workload.Ending;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Follows one pod: has its containers sampled in turn and hands what is known to whoever tells or acts. */
final class PodMonitor {

    /** The forecast on the pod is renewed after this many samples. */
    static final int SAMPLES_BETWEEN_FORECASTS = 30;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Logger LOG = Logger.getLogger(PodMonitor.class);

    private final PodKey key;
    private final ProbeChoice probes;
    private final OperatorMetrics metrics;
    private final Clock clock;
    private final PodWatch podWatch;
    private final SecurityTurn security;
    private final Publisher publisher;
    private final WorkloadBook book;
    private final Map<String, ContainerCheckpoint> checkpoints;
    private final Map<String, ContainerMonitor> containers = new ConcurrentSkipListMap<>();
    private final Map<String, Target> targets = new ConcurrentSkipListMap<>();
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final ReentrantLock publishing = new ReentrantLock();
    private final FindingLedger findings = new FindingLedger();
    private final SecurityMemory memory = new SecurityMemory();
    private final Workload workload;

    private volatile PolicyPlan plan;
    private volatile PodView view;
    private volatile boolean ended;
    private volatile State told;
    private volatile Instant askGateAt = Instant.EPOCH;
    private volatile @Nullable RestartWord restart;
    private volatile @Nullable Done evidence;
    private Map<String, String> annotations = Map.of();
    private Instant annotatedAt = Instant.EPOCH;

    PodMonitor(
            Pod pod,
            PolicyPlan plan,
            Map<String, ContainerCheckpoint> checkpoints,
            ProbeChoice probes,
            PodWatch podWatch,
            SecurityTurn security,
            Publisher publisher,
            WorkloadBook book,
            OperatorMetrics metrics,
            Clock clock) {
        this.key = PodKey.of(pod);
        this.workload = Workload.of(pod);
        this.plan = plan;
        this.checkpoints = checkpoints;
        this.probes = probes;
        this.podWatch = podWatch;
        this.security = security;
        this.publisher = publisher;
        this.book = book;
        this.metrics = metrics;
        this.clock = clock;
        this.view = new PodView(key, workload, List.of(), null, null);
        this.told = Annotations.state(pod);
    }

    PodKey key() {
        return key;
    }

    PolicyPlan plan() {
        return plan;
    }

    PodView view() {
        return view;
    }

    void follow(PolicyPlan current) {
        plan = current;
    }

    /** One turn. A turn that meets another of the same pod does nothing: two probes never run in one pod. */
    void turn() {
        if (!oneAtATime.tryLock()) {
            return;
        }
        try {
            Pod pod = podWatch.get(key);
            if (ended || pod == null || terminating(pod)) {
                return;
            }
            PolicyPlan current = plan;
            view = sample(pod, current);
            if (ended) {
                return;
            }
            security.look(pod, current, this);
            publisher.publish(pod, current, this);
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "Sampling %s/%s failed unexpectedly", key.namespace(), key.name());
        } finally {
            oneAtATime.unlock();
        }
    }

    /** What security checks and events said of the pod. */
    FindingLedger findings() {
        return findings;
    }

    SecurityMemory memory() {
        return memory;
    }

    /** Makes known what is known: the pod's own turn and an event that comes meanwhile never do so at once. */
    void publishing(Runnable writes) {
        publishing.lock();
        try {
            if (!ended) {
                writes.run();
            }
        } finally {
            publishing.unlock();
        }
    }

    /** Whether the pod was let go. */
    boolean ended() {
        return ended;
    }

    /** Ends it. Waits a little for a turn that is just writing, so that what is taken back is not written again. */
    void end() {
        ended = true;
        try {
            if (oneAtATime.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                oneAtATime.unlock();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Leaves behind what its containers taught and spent, after the end. A pod that goes on out of sight has not lived its life. */
    void bequeath() {
        Pod pod = podWatch.get(key);
        boolean gone = pod == null || terminating(pod);
        for (JudgedLife life : lives()) {
            if (gone) {
                life.end(Ending.Stopped);
            } else {
                life.outOfSight();
            }
        }
        checkpoints().forEach((container, checkpoint) -> book.of(plan, workload, container)
                .addSpent(plan, checkpoint.objectives(), clock.instant()));
    }

    /** The state that was last told in an Event; a restarted operator reads it off the pod. */
    State toldState() {
        return told;
    }

    void tell(State state) {
        told = state;
    }

    /** When the gate may be asked about this pod again. */
    Instant askGateAt() {
        return askGateAt;
    }

    void askGateAt(Instant time) {
        askGateAt = time;
    }

    /** Keeps what was said of restarting it; the report shows it from the next sample on. */
    void said(RestartWord word) {
        restart = word;
    }

    /** Keeps what came of collecting evidence; the report shows it from the next sample on. */
    void evidence(Done done) {
        evidence = done;
    }

    /** A container as it was last asked; null while it was not. */
    @Nullable
    Target target(String container) {
        return targets.get(container);
    }

    /** The lows of a container's life; empty lines while it has none. */
    FloorLines floors(String container) {
        return life(container).map(JudgedLife::floors).orElseGet(FloorLines::new);
    }

    /**
     * The annotations the pod should bear. The forecast is renewed only now and then: it moves with every sample, and each annotation is a write
     * that every watcher of pods has to read.
     */
    Map<String, String> steadyAnnotations() {
        Map<String, String> fresh = Annotations.of(view);
        Instant now = clock.instant();
        boolean onlyTheForecastMoved =
                Annotations.withoutForecast(fresh).equals(Annotations.withoutForecast(annotations));
        if (!onlyTheForecastMoved
                || !now.isBefore(annotatedAt.plus(plan.interval().multipliedBy(SAMPLES_BETWEEN_FORECASTS)))) {
            annotations = fresh;
            annotatedAt = now;
        }
        return annotations;
    }

    Map<String, ContainerCheckpoint> checkpoints() {
        Map<String, ContainerCheckpoint> all = new LinkedHashMap<>();
        containers.forEach((name, container) -> {
            ContainerCheckpoint checkpoint = container.checkpoint();
            if (checkpoint != null) {
                all.put(name, checkpoint);
            }
        });
        return all;
    }

    List<JudgedLife> lives() {
        return containers.values().stream()
                .flatMap(container -> Optional.ofNullable(container.life()).stream())
                .toList();
    }

    Optional<JudgedLife> life(String container) {
        return Optional.ofNullable(containers.get(container)).flatMap(found -> Optional.ofNullable(found.life()));
    }

    private PodView sample(Pod pod, PolicyPlan current) {
        List<ContainerView> views = new ArrayList<>();
        for (ContainerStatus status : pod.getStatus().getContainerStatuses()) {
            if (current.covers(status.getName())) {
                views.add(sample(pod, status, current));
            }
        }
        return new PodView(key, workload, views, restart, evidence);
    }

    private ContainerView sample(Pod pod, ContainerStatus status, PolicyPlan current) {
        ContainerMonitor container = containers.computeIfAbsent(
                status.getName(), name -> new ContainerMonitor(name, probes, metrics, checkpoints.get(name)));
        @Nullable String id = status.getContainerID();
        // A container that does not run is not asked: exec would block until its time-out.
        if (id == null || status.getState() == null || status.getState().getRunning() == null) {
            return container.view();
        }
        Target target = new Target(
                key.namespace(),
                key.name(),
                pod.getMetadata().getUid(),
                status.getName(),
                id,
                PodFactsReader.of(pod, status));
        targets.put(status.getName(), target);
        Origin origin = Origin.of(book.of(current, workload, status.getName()), workload, status);
        return container.sample(target, origin, current, clock);
    }

    private static boolean terminating(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }
}
