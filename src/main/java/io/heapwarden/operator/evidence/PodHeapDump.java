package io.heapwarden.operator.evidence;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.heapwarden.api.Durations;
import io.heapwarden.api.Evidence.HeapDump;
import io.heapwarden.api.Quantities;
import io.heapwarden.evidence.BundleBuilder;
import io.heapwarden.evidence.Manifest.Attachment;
import io.heapwarden.evidence.collect.HeapDumpCollector;
import io.heapwarden.evidence.collect.HeapDumpOrder;
import io.heapwarden.evidence.collect.HeapDumpOutcome;
import io.heapwarden.evidence.collect.PodBounds;
import io.heapwarden.evidence.heapdump.AgeRecipients;
import io.heapwarden.evidence.heapdump.TransferEnding.Incomplete;
import io.heapwarden.evidence.heapdump.TransferRules;
import io.heapwarden.evidence.store.EvidenceFile;
import io.heapwarden.evidence.store.EvidenceKey;
import io.heapwarden.evidence.store.EvidenceStore;
import io.heapwarden.evidence.store.PutOutcome;
import io.heapwarden.evidence.store.StoredEvidence;
import io.heapwarden.probe.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Takes a heap dump of a pod and streams it into the store: redacted, compressed and encrypted on the way, never whole in memory. */
public final class PodHeapDump {

    /** As the bundle names it. */
    static final String NAME = "heap dump";

    private static final Duration TRANSFER_LIMIT = Duration.ofMinutes(12);
    private static final Duration STORE_LIMIT = Duration.ofMinutes(16);

    private final HeapDumpCollector collector;
    private final KubernetesClient client;

    /**
     * @param collector takes it in the container
     * @param client reads what the pod's spec bounds it by
     */
    public PodHeapDump(HeapDumpCollector collector, KubernetesClient client) {
        this.collector = collector;
        this.client = client;
    }

    void take(EvidenceOrder order, Instant at, EvidenceStore store, BundleBuilder bundle) {
        HeapDump wish = Objects.requireNonNull(order.wish().heapDump(), "nobody wants a heap dump");
        TransferRules rules = rules(wish);
        EvidenceFile kind =
                rules.recipients().isEmpty() ? EvidenceFile.CompressedHeapDump : EvidenceFile.EncryptedHeapDump;
        AtomicReference<HeapDumpOutcome> outcome = new AtomicReference<>();
        PutOutcome stored = store.put(
                EvidenceKey.of(order.subject(), at, kind),
                sink -> {
                    HeapDumpOutcome came = collector.collect(order.target(), wanted(order.target(), wish), rules, sink);
                    outcome.set(came);
                    complete(came);
                },
                STORE_LIMIT);
        switch (stored) {
            case PutOutcome.Stored(StoredEvidence kept) ->
                bundle.attachment(new Attachment(NAME, kept.location(), kept.bytes(), kept.sha256(), at));
            case PutOutcome.NotStored(var failure, String message) -> {
                if (outcome.get() instanceof HeapDumpOutcome.Missing missing) {
                    bundle.missing(NAME, missing.reason(), missing.sentence());
                } else {
                    bundle.missing(NAME, failure.name(), message);
                }
            }
        }
    }

    private static TransferRules rules(HeapDump wish) {
        return new TransferRules(
                wish.redact(),
                wish.recipients().isEmpty() ? AgeRecipients.NONE : AgeRecipients.parse(wish.recipients()),
                (long) Quantities.parse(wish.maxSize()),
                TRANSFER_LIMIT);
    }

    private HeapDumpOrder wanted(Target target, HeapDump wish) throws IOException {
        try {
            Pod pod = client.pods()
                    .inNamespace(target.namespace())
                    .withName(target.pod())
                    .get();
            if (pod == null) {
                throw new IOException("the pod is gone");
            }
            return new HeapDumpOrder(
                    wish.directory(),
                    false,
                    Durations.parse(wish.maxPause()),
                    PodBounds.of(pod, target.container(), wish.directory()));
        } catch (KubernetesClientException unreadable) {
            throw new IOException("the pod cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Half a dump is not kept under the name of a whole one. */
    private static void complete(HeapDumpOutcome outcome) throws IOException {
        switch (outcome) {
            case HeapDumpOutcome.Missing missing -> throw new IOException(missing.sentence());
            case HeapDumpOutcome.Taken(var report) -> {
                if (report.transfer().ending() instanceof Incomplete(var reason, String sentence)) {
                    throw new IOException("the heap dump is not complete (" + reason + "): " + sentence);
                }
            }
        }
    }
}
