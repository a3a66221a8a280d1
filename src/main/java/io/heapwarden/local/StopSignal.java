package io.heapwarden.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C and SIGTERM end a run with its report instead of in its midst: they are told to the run, which then has some time to clean up and say
 * what it knows.
 */
public final class StopSignal implements AutoCloseable {

    /** How long a run may take to end: the program's own time to end, and writing. */
    private static final Duration TIME_TO_END = CheckedProgram.GRACE.plusSeconds(15);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "heapwarden-stop");
    private volatile int exitCode = Outcome.NotJudged.exitCode();

    private StopSignal() {}

    /** One that signals to this process set off. */
    public static StopSignal ofThisProcess() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Waits for the signal; true when it came. */
    boolean await(Duration limit) throws InterruptedException {
        return asked.await(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
    }

    boolean came() {
        return asked.getCount() == 0;
    }

    /** Says with which code this process ends if the signal has come. */
    public int endWith(int code) {
        exitCode = code;
        return code;
    }

    @Override
    public void close() {
        done.countDown();
        if (!came()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // It came this very moment, and ends the process with the right code.
            }
        }
    }

    /** Halts, as the exit code of a process that a signal stops could not be chosen otherwise. */
    private void stop() {
        asked.countDown();
        try {
            boolean ended = done.await(TIME_TO_END.toMillis(), TimeUnit.MILLISECONDS);
            System.out.flush();
            System.err.flush();
            Runtime.getRuntime().halt(ended ? exitCode : Outcome.NotJudged.exitCode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
