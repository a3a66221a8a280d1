package io.heapwarden.operator.evidence;

import io.heapwarden.operator.evidence.EvidenceOrder.Reason;
import io.heapwarden.operator.evidence.EvidenceState.Collecting;
import io.heapwarden.operator.evidence.EvidenceState.Done;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes orders for evidence and has them carried out, two at a time, each within a time limit: whoever waits for evidence before a restart never waits
 * longer. What was taken of one workload, revision and culprit is not taken again within a day. Safe for use by many threads.
 */
public final class EvidenceDesk {

    /** How long a restart waits for evidence at most. */
    public static final Duration TIME_LIMIT = Duration.ofMinutes(3);

    /** Much longer where a heap dump of gigabytes is streamed. */
    public static final Duration TIME_LIMIT_WITH_HEAP_DUMP = Duration.ofMinutes(20);

    private static final Duration TAKEN_AGAIN_AFTER = Duration.ofHours(24);
    private static final int AT_ONCE = 2;
    private static final int MOST_REMEMBERED = 2_000;
    private static final Logger LOG = Logger.getLogger(EvidenceDesk.class);

    private final Function<EvidenceOrder, Done> taking;
    private final BiConsumer<EvidenceOrder, Done> told;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Map<String, Instant> takenAt = remembering();
    private final Map<Key, EvidenceState> byPod = remembering();
    private @Nullable String trouble;

    private record Key(String podUid, Reason reason) {
        static Key of(EvidenceOrder order) {
            return new Key(order.subject().uid(), order.reason());
        }
    }

    /**
     * @param taking collects and stores; runs on a thread of its own and must not outlast the time limit
     * @param trouble why nothing can be kept, in words; null when that is not known beforehand
     * @param told hears what came of each order
     */
    public EvidenceDesk(
            Function<EvidenceOrder, Done> taking,
            @Nullable String trouble,
            BiConsumer<EvidenceOrder, Done> told,
            Clock clock) {
        this.trouble = trouble;
        this.taking = taking;
        this.told = told;
        this.clock = clock;
    }

    /** Orders evidence of a pod, once for each reason; hands back how far it is. */
    public synchronized EvidenceState order(EvidenceOrder order) {
        Key key = Key.of(order);
        Optional<EvidenceState> known = of(key.podUid(), key.reason());
        if (known.isPresent()) {
            return known.get();
        }
        Instant now = clock.instant();
        Instant before = takenAt.get(order.sameness());
        if (before != null && now.isBefore(before.plus(TAKEN_AGAIN_AFTER))) {
            Done same = new Done(
                    now,
                    null,
                    "Evidence of the same workload, revision and %s was taken at %s."
                            .formatted(order.finding() == null ? "culprit" : "finding", before));
            byPod.put(key, same);
            return same;
        }
        takenAt.put(order.sameness(), now);
        Collecting collecting =
                new Collecting(now.plus(order.wish().heapDump() == null ? TIME_LIMIT : TIME_LIMIT_WITH_HEAP_DUMP));
        byPod.put(key, collecting);
        Thread.ofVirtual().name("evidence-" + order.subject().pod()).start(() -> carryOut(order));
        return collecting;
    }

    /** How far the evidence of a pod is; empty when none was ordered for this reason. */
    public synchronized Optional<EvidenceState> of(String podUid, Reason reason) {
        Instant now = clock.instant();
        return Optional.ofNullable(byPod.computeIfPresent(
                new Key(podUid, reason),
                (key, state) -> state instanceof Collecting(Instant until) && now.isAfter(until)
                        ? new Done(now, null, "It was not done in time.")
                        : state));
    }

    /** Why evidence is not kept, as far as that is known; empty after one that was. */
    public synchronized Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void carryOut(EvidenceOrder order) {
        Done done;
        try {
            places.acquire();
            try {
                done = taking.apply(order);
            } finally {
                places.release();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            done = new Done(clock.instant(), null, "The operator stopped meanwhile.");
        } catch (RuntimeException failure) {
            LOG.errorf(
                    failure,
                    "Evidence of %s failed unexpectedly",
                    order.subject().pod());
            done = new Done(clock.instant(), null, "It failed unexpectedly; the operator's log has why.");
        }
        synchronized (this) {
            byPod.put(Key.of(order), done);
            trouble = done.stored() == null ? done.sentence() : null;
            if (done.stored() == null) {
                takenAt.remove(order.sameness());
            }
        }
        told.accept(order, done);
    }

    private static <K, V> Map<K, V> remembering() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST_REMEMBERED;
            }
        };
    }
}
