package io.heapwarden.operator.evidence;

import io.heapwarden.api.Durations;
import io.heapwarden.evidence.BundleBuilder;
import io.heapwarden.evidence.collect.ChainOrder;
import io.heapwarden.evidence.collect.ChainOutcome;
import io.heapwarden.evidence.collect.ChainTaking;
import io.heapwarden.evidence.store.EvidenceStore;
import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.probe.ChannelKind;
import io.heapwarden.probe.ChannelLadder;
import io.heapwarden.probe.ContainerCommands;
import io.heapwarden.probe.JvmProbe;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks the JVM of a pod under the budget that all probes share. Histograms come by any way that the policy allows; all else runs in the container and
 * so needs the channel Exec.
 */
public final class PodEvidenceSource implements EvidenceSource {

    private static final List<Question<String>> ABOUT_THE_JVM =
            List.of(Question.VERSION, Question.COMMAND_LINE, Question.FLAGS, Question.SYSTEM_PROPERTIES);
    private static final int OTHER_CHAINS = 4;
    private static final int ATTEMPTS = 6;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);
    private static final Set<RefusalReason> BUSY = EnumSet.of(RefusalReason.BackingOff, RefusalReason.OthersPaused);
    private static final String NEEDS_EXEC =
            "the policy's channels leave out Exec, which this needs; add it to sampling.channels";

    private final ChannelLadder ladder;
    private final ContainerCommands commands;
    private final ChainTaking chains;
    private final PodHeapDump heapDumps;

    /**
     * @param ladder the ways to JVMs
     * @param commands asks by commands in the container
     * @param chains finds what holds the culprits
     * @param heapDumps takes heap dumps
     */
    public PodEvidenceSource(
            ChannelLadder ladder, ContainerCommands commands, ChainTaking chains, PodHeapDump heapDumps) {
        this.ladder = ladder;
        this.commands = commands;
        this.chains = chains;
        this.heapDumps = heapDumps;
    }

    @Override
    public ProbeResult<ClassHistogram> histogram(EvidenceOrder order) {
        JvmProbe probe = ladder.inOrder(order.channels());
        ProbeResult<ClassHistogram> histogram =
                probe.histogram(order.target(), order.reading(), false, maxPause(order));
        for (int attempt = 1; attempt < ATTEMPTS && onlyBusy(histogram) && pauseBetween(); attempt++) {
            histogram = probe.histogram(order.target(), order.reading(), false, maxPause(order));
        }
        return histogram;
    }

    /** A sample that is just being taken, or another replica's pause, is over in a moment. */
    private static boolean onlyBusy(ProbeResult<?> result) {
        return result instanceof Refusal<?> refusal && BUSY.contains(refusal.reason());
    }

    private static boolean pauseBetween() {
        try {
            Thread.sleep(BETWEEN_ATTEMPTS);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public ProbeResult<String> text(EvidenceOrder order, TextQuestion question) {
        if (!byExec(order)) {
            return new Refusal<>(RefusalReason.ChannelOff, NEEDS_EXEC);
        }
        return switch (question) {
            case Threads -> ask(order, Question.THREADS.asText());
            case ClassLoaders -> ask(order, Question.CLASS_LOADERS.asText());
            case NativeMemory -> ask(order, Question.NATIVE_MEMORY.asText());
            case Jvm -> aboutTheJvm(order);
        };
    }

    @Override
    public ChainOutcome chain(EvidenceOrder order, Map<String, Long> instances) {
        if (!byExec(order)) {
            return new ChainOutcome.NotAsked(RefusalReason.ChannelOff, NEEDS_EXEC);
        }
        List<String> culprits = order.judgement().culprits().stream()
                .map(culprit -> culprit.className())
                .toList();
        return chains.take(
                order.target(),
                new ChainOrder(ChainOrder.DEFAULT_RECORDING, maxPause(order), culprits, instances, OTHER_CHAINS));
    }

    @Override
    public void heapDump(EvidenceOrder order, Instant at, EvidenceStore store, BundleBuilder bundle) {
        if (byExec(order)) {
            heapDumps.take(order, at, store, bundle);
        } else {
            bundle.missing(PodHeapDump.NAME, RefusalReason.ChannelOff.name(), NEEDS_EXEC);
        }
    }

    /** Version, command line, flags and properties, as far as they are told; without the first, none of them. */
    private ProbeResult<String> aboutTheJvm(EvidenceOrder order) {
        ProbeResult<String> version = ask(order, ABOUT_THE_JVM.getFirst());
        return version instanceof Success
                ? new Success<>(ABOUT_THE_JVM.stream()
                        .map(question -> question == ABOUT_THE_JVM.getFirst() ? version : ask(order, question))
                        .map(answer -> answer instanceof Success<String>(String text) ? text : "")
                        .collect(Collectors.joining("\n")))
                : version;
    }

    private ProbeResult<String> ask(EvidenceOrder order, Question<String> question) {
        return commands.ask(order.target(), question, maxPause(order));
    }

    private static boolean byExec(EvidenceOrder order) {
        return order.channels().contains(ChannelKind.Exec);
    }

    private static Duration maxPause(EvidenceOrder order) {
        return Durations.parse(order.wish().maxPause());
    }
}
