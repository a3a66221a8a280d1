package io.heapwarden.local;

/** What a run ends with, and the exit code for it. */
public enum Outcome {
    /** Judged, and every objective is met. */
    Fine(0),
    /** An objective is broken. */
    Broken(1),
    /** Nothing can be said: no JVM, a crash, too short a time, or input that cannot be used. */
    NotJudged(2);

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
