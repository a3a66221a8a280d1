package io.heapwarden.probe;

import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Speaks HotSpot's attach protocol (attachListener_posix.cpp): a file .attach_pidN and SIGQUIT make the JVM open the socket .java_pidN in its
 * /tmp. A request of version 1, which JDK 8 to 25 answer, is the version, a command and three arguments, each ended by a zero byte; the answer is
 * a line with a code and then the output. A JVM of JDK 24 or later would write its output from inside the pause and so wait for a slow reader; it
 * answers a request of version 2 with the option streaming=0, which writes afterwards.
 */
final class AttachSocket {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration SIGNAL_TIMEOUT = Duration.ofSeconds(5);

    /** The answer to getversion of a JVM that has the option. */
    private static final Pattern STREAMS = Pattern.compile("^2 (.*,)?streaming\\b");

    private final Duration timeout;
    private final int cap;

    /**
     * @param timeout from a command to its whole answer
     * @param cap most bytes of an answer
     */
    AttachSocket(Duration timeout, int cap) {
        this.timeout = timeout;
        this.cap = cap;
    }

    static Path socket(LocalJvm jvm) {
        return jvm.tmp().resolve(".java_pid" + jvm.innerPid());
    }

    /** Whether this may be done is asked before. */
    ProbeResult<byte[]> send(LocalJvm jvm, Diagnostics.Command command) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            SocketChannel channel = connected(jvm);
            if (channel == null) {
                Refusal<byte[]> refusal = open(jvm, deadline);
                if (refusal != null) {
                    return refusal;
                }
                channel = connected(jvm);
            }
            if (channel == null) {
                return timedOut();
            }
            ProbeResult<byte[]> version = ask(channel, request(1, "getversion", "options", "", ""), deadline);
            channel = connected(jvm);
            return channel == null ? timedOut() : ask(channel, request(command, version), deadline);
        } catch (IOException e) {
            return new Failure<>(FailureReason.ProbeFailed, "attach to process " + jvm.pid() + " failed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failure<>(FailureReason.Unavailable, "interrupted while waiting for an answer");
        }
    }

    private ProbeResult<byte[]> timedOut() {
        return new Failure<>(FailureReason.TimedOut, "the JVM did not answer within " + timeout.toSeconds() + " s");
    }

    /** Null when the JVM does not listen yet. A socket file may be one that a JVM of the same id has left behind. */
    private static @Nullable SocketChannel connected(LocalJvm jvm) throws IOException {
        if (!Files.exists(socket(jvm))) {
            return null;
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket(jvm)));
            return channel;
        } catch (IOException e) {
            channel.close();
            return null;
        }
    }

    /** Makes the JVM listen. The file is left where it did not in time: it tells the signal from a request for a thread dump. */
    private static @Nullable Refusal<byte[]> open(LocalJvm jvm, long deadline)
            throws IOException, InterruptedException {
        Path process = Path.of("/proc", String.valueOf(jvm.pid()));
        Path mark = mark(process, jvm);
        try {
            ProcessStatus status = ProcFiles.status(process);
            if (status.startTicks() != jvm.startTicks()) {
                return gone();
            }
            if (!status.catchesQuit()) {
                return AttachSafety.noSignalHandler();
            }
        } catch (MalformedOutputException | IOException e) {
            Files.deleteIfExists(mark);
            return gone();
        }
        quit(jvm.pid());
        while (System.nanoTime() < deadline) {
            if (Files.exists(socket(jvm))) {
                Files.deleteIfExists(mark);
                return null;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        return null;
    }

    private static Refusal<byte[]> gone() {
        return new Refusal<>(
                RefusalReason.NotRunning, "the JVM ended before it could be asked; the next sample will tell");
    }

    private static Path mark(Path process, LocalJvm jvm) throws IOException {
        String name = ".attach_pid" + jvm.innerPid();
        Path mark = process.resolve("cwd").resolve(name);
        try {
            return Files.createFile(mark);
        } catch (FileAlreadyExistsException e) {
            return mark;
        } catch (IOException e) {
            Path other = jvm.tmp().resolve(name);
            return Files.exists(other) ? other : Files.createFile(other);
        }
    }

    private static void quit(int pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -QUIT " + pid)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!kill.waitFor(SIGNAL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS) || kill.exitValue() != 0) {
            kill.destroyForcibly();
            throw new IOException("process " + pid + " could not be sent SIGQUIT");
        }
    }

    private static ByteBuffer request(Diagnostics.Command command, ProbeResult<byte[]> version) {
        boolean streams = version instanceof Success<byte[]>(byte[] answer)
                && STREAMS.matcher(new String(answer, StandardCharsets.UTF_8)).find();
        return streams ? request(2, "jcmd streaming=0", command.words()) : request(1, "jcmd", command.words(), "", "");
    }

    private static ByteBuffer request(int version, String... words) {
        String text = String.join("\0", words) + "\0";
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        String head = version == 1 ? "1\0" : version + "\0" + size + "\0";
        return ByteBuffer.wrap((head + text).getBytes(StandardCharsets.UTF_8));
    }

    private ProbeResult<byte[]> ask(SocketChannel channel, ByteBuffer request, long deadline)
            throws InterruptedException {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("heapwarden-attach").start(() -> {
            try {
                while (request.hasRemaining()) {
                    channel.write(request);
                }
                answer.complete(Channels.newInputStream(channel).readNBytes(cap + 1));
            } catch (IOException e) {
                answer.completeExceptionally(e);
            }
        });
        try (channel) {
            return answer(answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return timedOut();
        } catch (ExecutionException | IOException e) {
            return new Failure<>(FailureReason.ProbeFailed, "the JVM's attach socket failed: " + e.getMessage());
        }
    }

    private ProbeResult<byte[]> answer(byte[] text) {
        if (text.length > cap) {
            return new Failure<>(FailureReason.TooLong, "the JVM's answer is longer than " + cap + " bytes");
        }
        int line = 0;
        while (line < text.length && text[line] != '\n') {
            line++;
        }
        if (line == text.length) {
            return new Failure<>(FailureReason.Truncated, "the JVM closed its attach socket without an answer");
        }
        String code = new String(text, 0, line, StandardCharsets.UTF_8).strip();
        byte[] output = Arrays.copyOfRange(text, line + 1, text.length);
        return code.equals("0")
                ? new Success<>(output)
                : new Failure<>(
                        FailureReason.ProbeFailed,
                        "the JVM answered with code " + Frame.shortened(code) + ": "
                                + Frame.shortened(new String(output, StandardCharsets.UTF_8)));
    }
}
