package io.heapwarden.evidence.collect;

import io.heapwarden.evidence.chain.ChainChooser;
import io.heapwarden.evidence.chain.ChainCollector;
import io.heapwarden.evidence.chain.ChainForecast;
import io.heapwarden.evidence.chain.ChainQuestion;
import io.heapwarden.evidence.chain.ChainQuestion.FlightRecorder;
import io.heapwarden.evidence.chain.ChainRefusal;
import io.heapwarden.evidence.chain.CollectionOutcome;
import io.heapwarden.evidence.chain.HoldingChains;
import io.heapwarden.evidence.chain.OldObjectSample;
import io.heapwarden.jvm.Collector;
import io.heapwarden.jvm.JvmCounters;
import io.heapwarden.probe.AttachSafety;
import io.heapwarden.probe.ContainerCommands;
import io.heapwarden.probe.ContainerFile;
import io.heapwarden.probe.ContainerFiles;
import io.heapwarden.probe.Inspection;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Question;
import io.heapwarden.probe.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Has the JVM of a container say what holds its objects: forecast, recording, wait, search, choice. Blocks for as long as it records, and a few seconds; run it
 * on a virtual thread. Whatever goes wrong, no recording and no file is left, or the recording ends by itself. Safe for use by many threads.
 */
public final class ChainTaking {

    private static final String DEFAULT_DIRECTORY = "/tmp";

    /** A recording that nobody ends is over so long after it was meant to be. */
    private static final Duration EXPIRY = Duration.ofMinutes(2);

    /** In KiB; listed where it is not at its default. */
    private static final Pattern VM_STACK = Pattern.compile("-XX:VMThreadStackSize=([0-9]{1,9})\\b");

    private static final int KIBIBYTE_BITS = 10;

    private final ContainerCommands commands;
    private final ContainerFiles files;
    private final Clock clock;
    private final String directory;

    public ChainTaking(ContainerCommands commands, ContainerFiles files, Clock clock) {
        this(commands, files, clock, DEFAULT_DIRECTORY);
    }

    /** @param directory where the JVM may write its recording of some 0.3 MB */
    public ChainTaking(ContainerCommands commands, ContainerFiles files, Clock clock, String directory) {
        this.commands = commands;
        this.files = files;
        this.clock = clock;
        this.directory = directory;
    }

    /** Takes chains of one container. An interrupt ends the recording. */
    public ChainOutcome take(Target target, ChainOrder order) {
        return switch (commands.look(target)) {
            case Refusal<Inspection>(RefusalReason reason, String detail) -> new ChainOutcome.NotAsked(reason, detail);
            case Failure<Inspection>(FailureReason reason, String detail) ->
                new ChainOutcome.Failed(reason + ": " + detail);
            case Success<Inspection>(Inspection jvm) -> take(target, order, jvm);
        };
    }

    private ChainOutcome take(Target target, ChainOrder order, Inspection jvm) {
        // First what costs nothing.
        ChainForecast forecast = ChainForecast.of(question(target, order, jvm, FlightRecorder.Unknown, null));
        if (forecast instanceof ChainForecast.Refused(ChainRefusal reason, String sentence)) {
            return new ChainOutcome.Refused(reason, sentence);
        }
        return switch (commands.ask(target, Question.FLAGS, order.maxPause())) {
            case Refusal<String>(RefusalReason reason, String detail) -> new ChainOutcome.NotAsked(reason, detail);
            case Failure<String>(FailureReason reason, String detail) ->
                new ChainOutcome.Failed("VM.flags: " + reason + ": " + detail);
            case Success<String>(String flags) -> take(target, order, jvm, vmThreadStack(flags));
        };
    }

    private ChainOutcome take(Target target, ChainOrder order, Inspection jvm, @Nullable Long vmThreadStack) {
        ChainForecast forecast = ChainForecast.of(question(target, order, jvm, FlightRecorder.Unknown, vmThreadStack));
        return switch (forecast) {
            case ChainForecast.Refused(ChainRefusal reason, String sentence) ->
                new ChainOutcome.Refused(reason, sentence);
            case ChainForecast.Allowed(Duration cutoff, Duration pause, long memory) -> {
                ContainerJvmCommands driven =
                        new ContainerJvmCommands(commands, files, target, jvm, pause, order.maxPause());
                String file = ContainerFile.recording(directory, target).path();
                yield told(record(new ChainCollector(driven, file), order, cutoff), driven);
            }
        };
    }

    private ChainOutcome record(ChainCollector collector, ChainOrder order, Duration cutoff) {
        boolean over = false;
        try {
            CollectionOutcome<FlightRecorder> started =
                    collector.start(cutoff, order.recording().plus(EXPIRY));
            if (!(started instanceof CollectionOutcome.Done)) {
                over = true;
                return outcome(started);
            }
            Thread.sleep(order.recording());
            CollectionOutcome<List<OldObjectSample>> harvest = collector.harvest();
            // Whoever is interrupted can end nothing, until that is set aside.
            over = !(harvest instanceof CollectionOutcome.Failed) || !Thread.interrupted();
            if (!over) {
                throw new InterruptedException();
            }
            return harvest instanceof CollectionOutcome.Done<List<OldObjectSample>>(List<OldObjectSample> samples)
                    ? chosen(samples, order)
                    : outcome(harvest);
        } catch (InterruptedException e) {
            collector.abort();
            over = true;
            Thread.currentThread().interrupt();
            return new ChainOutcome.Failed("interrupted while the JVM recorded; the recording was ended");
        } finally {
            if (!over) {
                collector.abort();
            }
        }
    }

    private ChainOutcome chosen(List<OldObjectSample> samples, ChainOrder order) {
        HoldingChains chains = new ChainChooser(order.culprits(), order.instances()).choose(samples, order.others());
        if (chains.best() != null) {
            return new ChainOutcome.Found(chains, chains.best(), clock.instant());
        }
        return new ChainOutcome.NothingFound(
                chains.samples() == 0
                        ? "no object that was allocated in %d s survived a collection. Record for longer"
                                .formatted(order.recording().toSeconds())
                        : "%d objects were sampled and the search found no way to any of them in time. Raise maxPause"
                                .formatted(chains.samples()));
    }

    private static ChainOutcome outcome(CollectionOutcome<?> step) {
        return switch (step) {
            case CollectionOutcome.Refused<?> refused -> new ChainOutcome.Refused(refused.reason(), refused.sentence());
            case CollectionOutcome.Failed<?> failed -> new ChainOutcome.Failed(failed.sentence());
            case CollectionOutcome.Done<?> done -> throw new IllegalStateException("a step that was done: " + done);
        };
    }

    /** Where a step failed because the JVM was not asked, that is the reason. */
    private static ChainOutcome told(ChainOutcome outcome, ContainerJvmCommands driven) {
        Refusal<?> refusal = driven.refusal();
        return outcome instanceof ChainOutcome.Failed(String sentence) && refusal != null
                ? new ChainOutcome.NotAsked(refusal.reason(), sentence)
                : outcome;
    }

    private static ChainQuestion question(
            Target target, ChainOrder order, Inspection jvm, FlightRecorder recorder, @Nullable Long vmThreadStack) {
        JvmCounters counters = jvm.counters();
        long used = AttachSafety.heapAtMost(jvm);
        Long max = counters == null ? null : counters.heap().max();
        return new ChainQuestion(
                counters == null ? Collector.Unknown : counters.collector(),
                FeatureVersion.of(counters == null ? null : counters.javaVersion()),
                recorder,
                max == null ? used : max,
                used,
                vmThreadStack,
                jvm.memory().free(),
                order.maxPause(),
                target.facts().tightestProbe());
    }

    private static @Nullable Long vmThreadStack(String flags) {
        Matcher matcher = VM_STACK.matcher(flags);
        return matcher.find() ? Long.valueOf(Long.parseLong(matcher.group(1)) << KIBIBYTE_BITS) : null;
    }
}
