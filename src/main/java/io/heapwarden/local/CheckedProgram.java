package io.heapwarden.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that was started to be judged, and all that it started: its descendants, and processes that have lost their parent, which are known by
 * a mark in the environment they inherit (as Jenkins does it). Its input and output are this process's own.
 */
final class CheckedProgram implements AutoCloseable {

    /** Time to end after SIGTERM, before SIGKILL. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private static final String MARK = "HEAPWARDEN_CHECK";
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final Process process;
    private final byte[] mark;
    private final ErrorRelay errors;
    private boolean stopped;

    private CheckedProgram(Process process, String mark, OutputStream standardError) {
        this.process = process;
        this.mark = (MARK + "=" + mark + "\0").getBytes(StandardCharsets.UTF_8);
        this.errors = new ErrorRelay(process.getErrorStream(), standardError);
    }

    /**
     * Starts a program.
     *
     * @param command the program and its arguments
     * @param standardError where its error output goes
     * @throws IOException when it cannot be started
     */
    static CheckedProgram start(List<String> command, OutputStream standardError) throws IOException {
        String mark = UUID.randomUUID().toString();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(MARK, mark);
        return new CheckedProgram(builder.start(), mark, standardError);
    }

    /** The program and everything it has started that still runs. */
    Stream<ProcessHandle> processes() {
        Map<Long, ProcessHandle> found = new LinkedHashMap<>();
        Stream.of(
                        Stream.of(process.toHandle()),
                        process.descendants(),
                        ProcessHandle.allProcesses().filter(this::marked))
                .flatMap(part -> part)
                .filter(ProcessHandle::isAlive)
                .forEach(part -> found.putIfAbsent(part.pid(), part));
        return found.values().stream();
    }

    /** Whether the program itself has ended. */
    boolean ended() {
        return !process.isAlive();
    }

    /** Its exit code, once it has ended. */
    int exitCode() {
        return process.exitValue();
    }

    /** Whether it wrote of an OutOfMemoryError. */
    boolean ranOutOfMemory() throws InterruptedException {
        errors.await(LAST_OUTPUT);
        return errors.outOfMemory();
    }

    /** SIGTERM to all of it, and SIGKILL to what is left after {@link #GRACE}. */
    @Override
    public void close() {
        if (stopped) {
            return;
        }
        stopped = true;
        processes().forEach(ProcessHandle::destroy);
        boolean interrupted = false;
        long deadline = System.nanoTime() + GRACE.toNanos();
        while (processes().findAny().isPresent() && System.nanoTime() < deadline) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
                break;
            }
        }
        List<ProcessHandle> left = new ArrayList<>(processes().toList());
        left.forEach(ProcessHandle::destroyForcibly);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean marked(ProcessHandle candidate) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", String.valueOf(candidate.pid()), "environ"));
            return contains(environment, mark);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean contains(byte[] text, byte[] wanted) {
        for (int i = 0; i + wanted.length <= text.length; i++) {
            int matched = 0;
            while (matched < wanted.length && text[i + matched] == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return true;
            }
        }
        return false;
    }

    /** Passes error output on, and notices an OutOfMemoryError in it. */
    private static final class ErrorRelay {

        private static final byte[] OUT_OF_MEMORY = "java.lang.OutOfMemoryError".getBytes(StandardCharsets.US_ASCII);

        private final Thread thread;
        private volatile boolean outOfMemory;

        ErrorRelay(InputStream from, OutputStream to) {
            thread = Thread.ofPlatform().daemon().name("heapwarden-stderr").start(() -> relay(from, to));
        }

        boolean outOfMemory() {
            return outOfMemory;
        }

        void await(Duration limit) throws InterruptedException {
            thread.join(limit);
        }

        private void relay(InputStream from, OutputStream to) {
            byte[] buffer = new byte[8192];
            int matched = 0;
            try (from) {
                for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                    to.write(buffer, 0, read);
                    to.flush();
                    for (int i = 0; i < read && !outOfMemory; i++) {
                        matched = buffer[i] == OUT_OF_MEMORY[matched]
                                ? matched + 1
                                : buffer[i] == OUT_OF_MEMORY[0] ? 1 : 0;
                        outOfMemory = matched == OUT_OF_MEMORY.length;
                    }
                }
            } catch (IOException e) {
                // The program has ended, or nobody reads our output; neither changes the judgement.
            }
        }
    }
}
