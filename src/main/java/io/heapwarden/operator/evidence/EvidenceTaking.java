package io.heapwarden.operator.evidence;

import io.heapwarden.evidence.BundleBuilder;
import io.heapwarden.evidence.Part;
import io.heapwarden.evidence.collect.ChainOutcome;
import io.heapwarden.evidence.store.EvidenceFile;
import io.heapwarden.evidence.store.EvidenceKey;
import io.heapwarden.evidence.store.EvidenceStore;
import io.heapwarden.evidence.store.PutOutcome;
import io.heapwarden.evidence.store.RetentionOutcome;
import io.heapwarden.evidence.store.RetentionRules;
import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.operator.evidence.EvidenceOrder.Reason;
import io.heapwarden.operator.evidence.EvidenceSource.TextQuestion;
import io.heapwarden.operator.evidence.EvidenceState.Done;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.Success;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Collects one bundle: a histogram, what costs little, the chain that holds the culprit, a second histogram, and a heap dump where it is wished; then
 * stores it. A part that cannot be had is named in the bundle with the reason, and the others go on.
 */
public final class EvidenceTaking {

    private static final Logger LOG = Logger.getLogger(EvidenceTaking.class);
    private static final Duration STORE_LIMIT = Duration.ofSeconds(60);
    /** Those that a histogram shows first are the largest. */
    private static final int MOST_CLASSES = 2_000;

    private static final Duration RETENTION_LIMIT = Duration.ofSeconds(30);

    private final EvidenceSource source;
    private final EvidenceStore store;
    private final RetentionRules retention;
    private final Clock clock;

    /**
     * @param source asks the JVMs
     * @param store keeps the bundle
     * @param retention how much is kept
     */
    public EvidenceTaking(EvidenceSource source, EvidenceStore store, RetentionRules retention, Clock clock) {
        this.source = source;
        this.store = store;
        this.retention = retention;
        this.clock = clock;
    }

    /** Collects, stores and tidies up; takes as long as that takes. */
    public Done take(EvidenceOrder order) {
        Instant at = clock.instant();
        BundleBuilder bundle = new BundleBuilder(order.subject(), order.policy(), at, order.judgement());
        bundle.floor(order.floor());
        ProbeResult<ClassHistogram> before = source.histogram(order);
        Instant beforeAt = clock.instant();
        text(order, TextQuestion.Threads, Part.Threads, bundle, bundle::threads);
        text(order, TextQuestion.ClassLoaders, Part.ClassLoaders, bundle, bundle::classLoaders);
        text(order, TextQuestion.NativeMemory, Part.NativeMemory, bundle, bundle::nativeMemory);
        text(order, TextQuestion.Jvm, Part.Jvm, bundle, bundle::jvm);
        chain(order, before, bundle);
        histograms(order, beforeAt, before, bundle);
        if (order.wish().heapDump() != null) {
            source.heapDump(order, at, store, bundle);
        }
        return store(order, at, bundle);
    }

    private void text(
            EvidenceOrder order,
            TextQuestion question,
            Part part,
            BundleBuilder bundle,
            BiConsumer<Instant, String> put) {
        String text = orMissing(source.text(order, question), part, bundle);
        if (text != null) {
            put.accept(clock.instant(), text);
        }
    }

    private void chain(EvidenceOrder order, ProbeResult<ClassHistogram> before, BundleBuilder bundle) {
        if (!Objects.equals(order.wish().chain(), Boolean.TRUE)) {
            bundle.missing(Part.Chain, "NotWished", "The policy sets evidence.chain to false.");
            return;
        }
        if (order.reason() == Reason.Finding) {
            bundle.missing(Part.Chain, "NotWished", "A chain explains growth, and this is for a security finding.");
            return;
        }
        switch (source.chain(order, instances(before))) {
            case ChainOutcome.Found found -> bundle.chain(found.takenAt(), found.text());
            case ChainOutcome.Missing missing -> bundle.missing(Part.Chain, missing.reason(), missing.sentence());
        }
    }

    private static Map<String, Long> instances(ProbeResult<ClassHistogram> histogram) {
        Map<String, Long> instances = new HashMap<>();
        if (histogram instanceof Success<ClassHistogram>(ClassHistogram classes)) {
            classes.forEach(entry -> {
                if (instances.size() < MOST_CLASSES) {
                    instances.put(entry.className(), entry.instances());
                }
            });
        }
        return instances;
    }

    private void histograms(
            EvidenceOrder order, Instant beforeAt, ProbeResult<ClassHistogram> before, BundleBuilder bundle) {
        ProbeResult<ClassHistogram> after = source.histogram(order);
        Instant afterAt = clock.instant();
        if (before instanceof Success<ClassHistogram>(ClassHistogram first)
                && after instanceof Success<ClassHistogram>(ClassHistogram second)) {
            bundle.histograms(beforeAt, first, afterAt, second);
            return;
        }
        orMissing(before, Part.HistogramBefore, bundle);
        orMissing(before instanceof Success ? after : before, Part.HistogramDifference, bundle);
        ClassHistogram only = orMissing(after, Part.HistogramAfter, bundle);
        if (only != null) {
            bundle.histogramAfter(afterAt, only);
        } else if (before instanceof Success<ClassHistogram>(ClassHistogram first)) {
            bundle.histogramAfter(beforeAt, first);
        }
    }

    private Done store(EvidenceOrder order, Instant at, BundleBuilder bundle) {
        EvidenceKey key = EvidenceKey.of(order.subject(), at, EvidenceFile.Bundle);
        PutOutcome outcome = store.put(key, bundle.build()::writeTo, STORE_LIMIT);
        return switch (outcome) {
            case PutOutcome.Stored(var stored) -> {
                RetentionOutcome kept = store.retain(retention, key, clock.instant(), RETENTION_LIMIT);
                kept.problems().forEach(problem -> LOG.warnf("Old evidence at %s: %s", store.name(), problem));
                yield new Done(clock.instant(), stored, "Evidence is at " + stored.shown());
            }
            case PutOutcome.NotStored(var reason, String message) ->
                new Done(
                        clock.instant(),
                        null,
                        "Evidence was collected and could not be kept (" + reason + "): " + message);
        };
    }

    private static <T> @Nullable T orMissing(ProbeResult<T> result, Part part, BundleBuilder bundle) {
        return switch (result) {
            case Success<T>(T value) -> value;
            case Refusal<T> refusal -> {
                bundle.missing(part, refusal.reason().name(), refusal.detail());
                yield null;
            }
            case Failure<T> failure -> {
                bundle.missing(part, failure.reason().name(), failure.detail());
                yield null;
            }
        };
    }
}
