package io.heapwarden.evidence.collect;

import io.heapwarden.evidence.chain.JvmCommands;
import io.heapwarden.probe.ContainerCommands;
import io.heapwarden.probe.ContainerCommands.Cost;
import io.heapwarden.probe.ContainerFile;
import io.heapwarden.probe.ContainerFiles;
import io.heapwarden.probe.Inspection;
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
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JVM of a container as the collector of chains drives it. The search at the end of a recording comes whichever way it ends, by itself included; so its
 * pause is checked and charged when the recording is started, and the end is not refused for it any more.
 */
public final class ContainerJvmCommands implements JvmCommands {

    /** What is over soon, as a rule: whoever ends a recording waits for it. */
    private static final Set<RefusalReason> PASSING = EnumSet.of(
            RefusalReason.OthersPaused, RefusalReason.BackingOff, RefusalReason.MemoryPressure, RefusalReason.NotReady);

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final int TRIES = 20;
    private static final Duration FILE_LIMIT = Duration.ofSeconds(60);

    private final ContainerCommands commands;
    private final ContainerFiles files;
    private final Target target;
    private final Inspection jvm;
    private final Duration search;
    private final Duration maxPause;
    private @Nullable Refusal<?> refusal;

    /**
     * @param commands the way to the JVM
     * @param files the way to the files it writes
     * @param target its container
     * @param jvm the JVM; another one that takes its place is not told apart by the commands, and refused by the files
     * @param search the predicted pause of the search at the end
     * @param maxPause the longest pause that is allowed
     */
    public ContainerJvmCommands(
            ContainerCommands commands,
            ContainerFiles files,
            Target target,
            Inspection jvm,
            Duration search,
            Duration maxPause) {
        this.commands = commands;
        this.files = files;
        this.target = target;
        this.jvm = jvm;
        this.search = search;
        this.maxPause = maxPause;
    }

    /** Why the JVM was not asked the last time that it was not; null when it always was. */
    public @Nullable Refusal<?> refusal() {
        return refusal;
    }

    /** @throws IllegalArgumentException when it is no command of the flight recorder, or a word of it is not of the form */
    @Override
    public String diagnosticCommand(String command, Duration limit) throws IOException {
        WordedCommand.Recorder words = WordedCommand.Recorder.of(command);
        return switch (words.words().getFirst()) {
            case "JFR.check" -> value(send(words, new Cost.NoPause(), limit));
            case "JFR.start" -> value(send(words, new Cost.Affordable(search, maxPause), limit));
            default -> stop(words, limit);
        };
    }

    private String stop(WordedCommand.Recorder words, Duration limit) throws IOException {
        for (int tries = 1; ; tries++) {
            ProbeResult<String> answer = send(words, new Cost.Decided(Duration.ZERO), limit);
            boolean again = tries < TRIES
                    && answer instanceof Refusal<String>(RefusalReason reason, String detail)
                    && PASSING.contains(reason);
            if (!again) {
                return value(answer);
            }
            pause();
        }
    }

    private ProbeResult<String> send(WordedCommand.Recorder words, Cost cost, Duration limit) {
        ProbeResult<String> answer = commands.send(target, words, cost, limit);
        // A JVM that does not know the command says so by failing it.
        return answer instanceof Failure<String>(FailureReason reason, String detail)
                        && reason == FailureReason.ProbeFailed
                        && detail.contains("Unknown diagnostic command")
                ? new Success<>(detail)
                : answer;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a moment to end the recording", e);
        }
    }

    @Override
    public long fileSize(String path) throws IOException {
        return value(files.size(target, jvm, new ContainerFile(path)))
                .orElseThrow(() -> new IOException("the JVM wrote no file " + path));
    }

    @Override
    public InputStream read(String path, long limit) throws IOException {
        return value(files.read(target, jvm, new ContainerFile(path), limit, FILE_LIMIT));
    }

    @Override
    public void remove(String path) throws IOException {
        value(files.remove(target, jvm, new ContainerFile(path)));
    }

    private <T> T value(ProbeResult<T> result) throws IOException {
        return switch (result) {
            case Success<T>(T value) -> value;
            case Failure<T>(FailureReason reason, String detail) -> throw new IOException(reason + ": " + detail);
            case Refusal<T> refused -> {
                refusal = refused;
                throw new IOException(refused.reason() + ": " + refused.detail());
            }
        };
    }
}
