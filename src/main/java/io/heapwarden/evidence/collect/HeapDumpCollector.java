package io.heapwarden.evidence.collect;

import io.heapwarden.evidence.heapdump.HeapDumpDecision;
import io.heapwarden.evidence.heapdump.HeapDumpForecast;
import io.heapwarden.evidence.heapdump.HeapDumpPlan;
import io.heapwarden.evidence.heapdump.HeapDumpPrediction;
import io.heapwarden.evidence.heapdump.HeapDumpRefusal;
import io.heapwarden.evidence.heapdump.HeapDumpStream;
import io.heapwarden.evidence.heapdump.HeapDumpTransfer;
import io.heapwarden.evidence.heapdump.TransferRules;
import io.heapwarden.probe.ContainerCommands;
import io.heapwarden.probe.ContainerCommands.Cost;
import io.heapwarden.probe.ContainerFile;
import io.heapwarden.probe.ContainerFiles;
import io.heapwarden.probe.DirectorySpace;
import io.heapwarden.probe.Frame;
import io.heapwarden.probe.Inspection;
import io.heapwarden.probe.ProbeLimits;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.Target;
import io.heapwarden.probe.WordedCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Has the JVM of a container write a heap dump, sends it on, and removes it, whatever happens in between. A dump has one name for each container: one that was
 * left behind is removed before the next is taken. Blocks for as long as that takes; run it on a virtual thread. Safe for use by many threads.
 */
public final class HeapDumpCollector {

    /** The JVM's words when it has written all of it, of every version. */
    private static final String WRITTEN = "Heap dump file created";

    /** Beside the pause: from JDK 22 on the parts are put together after it. */
    private static final Duration BESIDE_PAUSE = Duration.ofSeconds(60);

    private static final Duration BESIDE_TRANSFER = Duration.ofSeconds(30);

    private final ContainerCommands commands;
    private final ContainerFiles files;
    private final ProbeLimits limits;
    private final Clock clock;

    /**
     * @param commands the way to the JVM
     * @param files the way to the file it writes
     * @param limits what a command may cost
     * @param clock tells when it was taken
     */
    public HeapDumpCollector(ContainerCommands commands, ContainerFiles files, ProbeLimits limits, Clock clock) {
        this.commands = commands;
        this.files = files;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Takes one dump.
     *
     * @param rules how it is sent; its time limit is for sending alone
     * @param sink where it goes to; closed by the caller, always
     * @throws IllegalArgumentException when the order's directory is no absolute path of letters, digits and {@code . _ -}
     */
    public HeapDumpOutcome collect(Target target, HeapDumpOrder order, TransferRules rules, OutputStream sink) {
        ContainerFile file = ContainerFile.heapDump(order.directory(), target);
        return switch (commands.look(target)) {
            case Refusal<Inspection> r -> missing(r);
            case Failure<Inspection> f -> missing(f);
            case Success<Inspection>(Inspection jvm) ->
                // Also counts what a dump that was cut takes on the disk, and so comes before the forecast.
                switch (files.remove(target, jvm, file)) {
                    case Refusal<Long> r -> missing(r);
                    case Failure<Long> f -> missing(f);
                    case Success<Long> removed ->
                        switch (files.space(target, jvm, order.directory())) {
                            case Refusal<DirectorySpace> r -> missing(r);
                            case Failure<DirectorySpace> f -> missing(f);
                            case Success<DirectorySpace>(DirectorySpace space) ->
                                decided(new Dump(target, jvm, file, order, rules, sink), space);
                        };
                };
        };
    }

    private record Dump(
            Target target,
            Inspection jvm,
            ContainerFile file,
            HeapDumpOrder order,
            TransferRules rules,
            OutputStream sink) {}

    private HeapDumpOutcome decided(Dump dump, DirectorySpace space) {
        if (!space.writable()) {
            return new HeapDumpOutcome.Failed(
                    FailureReason.ProbeFailed,
                    dump.order().directory()
                            + " cannot be written in the container. Mount a volume there, or name another directory");
        }
        HeapDumpPlan plan = HeapDumpPlans.of(dump.jvm(), dump.order(), space, limits.headroom());
        return switch (HeapDumpForecast.decide(plan)) {
            case HeapDumpDecision.Refused(HeapDumpRefusal reason, String sentence, HeapDumpPrediction predicted) ->
                new HeapDumpOutcome.Refused(reason, sentence, predicted);
            case HeapDumpDecision.Allowed(HeapDumpPrediction predicted) -> taken(dump, predicted);
        };
    }

    private HeapDumpOutcome taken(Dump dump, HeapDumpPrediction predicted) {
        boolean removed = false;
        try {
            HeapDumpOutcome outcome = written(dump, predicted);
            String left = remove(dump);
            removed = true;
            return outcome instanceof HeapDumpOutcome.Taken(HeapDumpReport report)
                    ? new HeapDumpOutcome.Taken(new HeapDumpReport(
                            report.takenAt(),
                            report.live(),
                            report.predicted(),
                            report.answeredIn(),
                            report.size(),
                            report.transfer(),
                            left))
                    : outcome;
        } finally {
            if (!removed) {
                remove(dump);
            }
        }
    }

    private HeapDumpOutcome written(Dump dump, HeapDumpPrediction predicted) {
        Instant began = clock.instant();
        ProbeResult<String> answer = commands.send(
                dump.target(),
                new WordedCommand.HeapDump(dump.order().live(), dump.file()),
                new Cost.Decided(predicted.pause()),
                predicted.pause().multipliedBy(2).plus(BESIDE_PAUSE));
        return switch (answer) {
            case Refusal<String> r -> missing(r);
            case Failure<String> f -> missing(f);
            case Success<String>(String words)
            when !words.contains(WRITTEN) ->
                new HeapDumpOutcome.Failed(
                        FailureReason.ProbeFailed, "the JVM wrote no heap dump and said: " + Frame.shortened(words));
            case Success<String> written -> {
                Instant now = clock.instant();
                yield sent(dump, predicted, now, Duration.between(began, now));
            }
        };
    }

    private HeapDumpOutcome sent(Dump dump, HeapDumpPrediction predicted, Instant at, Duration answeredIn) {
        ProbeResult<OptionalLong> size = files.size(dump.target(), dump.jvm(), dump.file());
        if (!(size instanceof Success<OptionalLong>(OptionalLong bytes)) || bytes.isEmpty()) {
            return size instanceof Success
                    ? new HeapDumpOutcome.Failed(
                            FailureReason.ProbeFailed, "the JVM said it wrote a heap dump, and there is no file")
                    : missing(size);
        }
        // A file that grows after this is not the JVM's dump any more.
        ProbeResult<InputStream> content = files.read(
                dump.target(),
                dump.jvm(),
                dump.file(),
                bytes.getAsLong(),
                dump.rules().timeLimit().plus(BESIDE_TRANSFER));
        if (!(content instanceof Success<InputStream>(InputStream source))) {
            return missing(content);
        }
        try (source) {
            HeapDumpTransfer transfer = new HeapDumpStream(dump.rules()).transfer(source, dump.sink());
            return new HeapDumpOutcome.Taken(new HeapDumpReport(
                    at, dump.order().live(), predicted, answeredIn, bytes.getAsLong(), transfer, null));
        } catch (IOException e) {
            return new HeapDumpOutcome.Failed(
                    FailureReason.Unavailable, "the connection to the container could not be closed: " + e);
        }
    }

    /** Why the file is still there; null when it is not. Also for who is interrupted. */
    private @Nullable String remove(Dump dump) {
        boolean interrupted = Thread.interrupted();
        try {
            return switch (files.remove(dump.target(), dump.jvm(), dump.file())) {
                case Success<Long> removed -> null;
                case Refusal<Long>(RefusalReason reason, String detail) -> reason + ": " + detail;
                case Failure<Long>(FailureReason reason, String detail) -> reason + ": " + detail;
            };
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static HeapDumpOutcome missing(ProbeResult<?> result) {
        return switch (result) {
            case Refusal<?> refusal -> new HeapDumpOutcome.NotAsked(refusal.reason(), refusal.detail());
            case Failure<?> failure -> new HeapDumpOutcome.Failed(failure.reason(), failure.detail());
            case Success<?> success -> throw new IllegalStateException("nothing is missing: " + success);
        };
    }
}
