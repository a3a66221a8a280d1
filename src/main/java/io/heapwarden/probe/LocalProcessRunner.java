package io.heapwarden.probe;

import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands on this machine. A target made by {@link #target} narrows the probe to that one process. */
public final class LocalProcessRunner implements CommandRunner {

    private static final int ERROR_CAP = 4096;

    /** Names a process of this machine. */
    public static Target target(long pid) {
        return LocalProbe.target(pid);
    }

    @Override
    public String name() {
        return "local process";
    }

    @Override
    public ProbeResult<CommandOutput> run(Target target, List<String> command, Duration timeout, int outputCap) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.from(devNull()));
        if (LocalProbe.isProcess(target)) {
            builder.environment().put("HEAPWARDEN_PID", String.valueOf(LocalProbe.pid(target)));
        }
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Refusal<>(RefusalReason.NoShell, String.valueOf(e.getMessage()));
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        CappedBytes output = new CappedBytes(outputCap);
        CappedBytes error = new CappedBytes(ERROR_CAP);
        List<Thread> readers = List.of(drain(process.getInputStream(), output), drain(process.getErrorStream(), error));
        try {
            if (process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS) && ended(readers, deadline)) {
                return new Success<>(new CommandOutput(output.bytes(), output.truncated(), error.text()));
            }
            return new Failure<>(FailureReason.TimedOut, "no complete answer within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failure<>(FailureReason.Unavailable, "interrupted while waiting for an answer");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static File devNull() {
        return new File("/dev/null");
    }

    private static Thread drain(InputStream in, CappedBytes into) {
        return Thread.ofPlatform().daemon().name("heapwarden-drain").start(() -> {
            try (in) {
                into.addAll(in);
            } catch (IOException e) {
                // The process was ended while it wrote; the answer's last line tells that it is cut.
            }
        });
    }

    /** A pipe stays open as long as any child of the command holds it. */
    private static boolean ended(List<Thread> readers, long deadline) throws InterruptedException {
        for (Thread reader : readers) {
            if (!reader.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }
}
