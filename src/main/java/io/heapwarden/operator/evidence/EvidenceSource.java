package io.heapwarden.operator.evidence;

import io.heapwarden.evidence.BundleBuilder;
import io.heapwarden.evidence.collect.ChainOutcome;
import io.heapwarden.evidence.store.EvidenceStore;
import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.probe.ProbeResult;
import java.time.Instant;
import java.util.Map;

/** Where the parts of a bundle come from. Calls block, within time limits of their own, and never throw for what the JVM did. */
public interface EvidenceSource {

    /** What a JVM tells in text. */
    enum TextQuestion {
        /** What each thread does. */
        Threads,
        /** Class loaders and what metaspace they have. */
        ClassLoaders,
        /** What the JVM took from the system, and what for. */
        NativeMemory,
        /** Version, command line, flags and system properties. */
        Jvm
    }

    /** A class histogram. */
    ProbeResult<ClassHistogram> histogram(EvidenceOrder order);

    /** One answer in text. */
    ProbeResult<String> text(EvidenceOrder order, TextQuestion question);

    /**
     * What holds the culprits.
     *
     * @param instances objects of each class by the histogram that came before; empty when there was none
     */
    ChainOutcome chain(EvidenceOrder order, Map<String, Long> instances);

    /** Takes a heap dump, streams it into the store, and names it in the bundle, or says there why there is none. */
    void heapDump(EvidenceOrder order, Instant at, EvidenceStore store, BundleBuilder bundle);
}
