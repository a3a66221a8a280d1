package io.heapwarden.probe;

import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.ProbeScript.Framed;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Files in a container that its JVM was told to write, by file.sh: what they are, their content, and their removal. A file must be a plain one, owned by the
 * JVM's user, and reached through no link. Nothing is asked of the JVM. Safe for use by many threads.
 */
public final class ContainerFiles {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int OUTPUT_CAP = 16 << 10;
    private static final int DIGITS = 18;

    private final CommandRunner runner;
    private final StreamRunner streams;
    private final SafetyBudget budget;

    /**
     * @param runner the way into the container
     * @param streams the way for a file's content
     * @param budget by which containers are asked one thing at a time; reading a file, which may take minutes, is not held up by it and holds nothing up
     */
    public ContainerFiles(CommandRunner runner, StreamRunner streams, SafetyBudget budget) {
        this.runner = runner;
        this.streams = streams;
        this.budget = budget;
    }

    /** Bytes of a file; empty when there is none. */
    public ProbeResult<OptionalLong> size(Target target, Inspection jvm, ContainerFile file) {
        return number(run(target, jvm, "size", file.path()), "size");
    }

    /**
     * A file's content. The stream ends where the file did when it was opened; a file that is changed meanwhile is an IOException at its end.
     *
     * @param mostBytes a larger file is not read
     * @param limit from here to the last byte
     */
    public ProbeResult<InputStream> read(
            Target target, Inspection jvm, ContainerFile file, long mostBytes, Duration limit) {
        String boundary = ProbeScript.newBoundary();
        List<String> command =
                ProbeScript.File.command(boundary, arguments(jvm, "read", file.path(), String.valueOf(mostBytes)));
        ProbeResult<InputStream> opened = streams.open(target, command, limit);
        if (!(opened instanceof Success<InputStream>(InputStream output))) {
            return opened;
        }
        try {
            return FileContent.open(output, boundary);
        } catch (IOException e) {
            return new Failure<>(FailureReason.Unavailable, String.valueOf(e.getMessage()));
        }
    }

    /** Removes a file, and the parts of a heap dump that was cut. Says how many there were. */
    public ProbeResult<Long> remove(Target target, Inspection jvm, ContainerFile file) {
        return switch (number(run(target, jvm, "remove", file.path()), "removed")) {
            case Refusal<OptionalLong> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<OptionalLong> f -> new Failure<>(f.reason(), f.detail());
            case Success<OptionalLong>(OptionalLong removed) -> new Success<>(removed.orElse(0));
        };
    }

    /**
     * What a directory is on, and what is free there.
     *
     * @throws IllegalArgumentException when the path is not of the form that {@link ContainerFile} has
     */
    public ProbeResult<DirectorySpace> space(Target target, Inspection jvm, String directory) {
        return switch (run(target, jvm, "space", ContainerFile.directory(directory))) {
            case Refusal<Frame> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<Frame> f -> new Failure<>(f.reason(), f.detail());
            case Success<Frame>(Frame frame) -> {
                if (frame.has("refused")) {
                    yield new Failure<>(
                            FailureReason.ProbeFailed,
                            directory + " is no directory of the container, or a link. Name one that is mounted");
                }
                try {
                    yield new Success<>(DirectorySpace.parse(frame.pairs("about")));
                } catch (MalformedOutputException e) {
                    yield new Failure<>(FailureReason.Garbled, String.valueOf(e.getMessage()));
                }
            }
        };
    }

    private ProbeResult<Frame> run(Target target, Inspection jvm, String command, String path) {
        String boundary = ProbeScript.newBoundary();
        return budget.alone(target, PATIENCE, () -> switch (ProbeScript.File.run(
                runner, target, boundary, arguments(jvm, command, path), TIMEOUT, OUTPUT_CAP)) {
            case Refusal<Framed> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<Framed> f -> new Failure<>(f.reason(), f.detail());
            case Success<Framed>(Framed said) -> new Success<>(said.frame());
        });
    }

    private static List<String> arguments(Inspection jvm, String command, String... more) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                String.valueOf(jvm.pid()),
                                String.valueOf(jvm.process().startTicks()),
                                command),
                        java.util.Arrays.stream(more))
                .toList();
    }

    private static ProbeResult<OptionalLong> number(ProbeResult<Frame> ran, String section) {
        return switch (ran) {
            case Refusal<Frame> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<Frame> f -> new Failure<>(f.reason(), f.detail());
            case Success<Frame>(Frame frame) -> {
                String refused = frame.text("refused").strip();
                if (refused.equals("absent")) {
                    yield new Success<>(OptionalLong.empty());
                }
                if (!refused.isEmpty()) {
                    yield refusal(refused);
                }
                String digits = frame.text(section).strip();
                yield digits.matches("[0-9]{1," + DIGITS + "}")
                        ? new Success<>(OptionalLong.of(Long.parseLong(digits)))
                        : new Failure<>(
                                FailureReason.Garbled,
                                "file.sh said no number for " + section + ": " + Frame.shortened(digits));
            }
        };
    }

    /** What file.sh says when it does not do as it is told. */
    static <T> ProbeResult<T> refusal(String words) {
        int blank = words.indexOf(' ');
        return switch (blank < 0 ? words : words.substring(0, blank)) {
            case "gone" -> new Refusal<>(RefusalReason.NotRunning, "the JVM that was to write the file has ended");
            case "absent" -> failed("there is no such file");
            case "link" -> failed("the file is a link, or reached through one, and is left alone");
            case "kind" -> failed("it is no plain file, and is left alone");
            case "owner" -> failed("the file is of another user than the JVM, and is left alone");
            case "unreadable" -> failed("the file cannot be opened by commands in its container");
            case "unremovable" -> failed("the file cannot be removed by commands in its container");
            case "long" ->
                new Failure<>(
                        FailureReason.TooLong,
                        "the file has " + Frame.shortened(words.substring(blank + 1)) + " bytes, more than are read");
            default -> failed("file.sh refused: " + Frame.shortened(words));
        };
    }

    private static <T> ProbeResult<T> failed(String detail) {
        return new Failure<>(FailureReason.ProbeFailed, detail);
    }
}
