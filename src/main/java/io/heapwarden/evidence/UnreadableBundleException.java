package io.heapwarden.evidence;

/** A file cannot be read as a bundle at all. The message goes on from the file's name and says what is wrong and what to do. */
public final class UnreadableBundleException extends Exception {

    /** What kind of file it is instead. */
    public enum Reason {
        /** Something else than a bundle. */
        NotABundle,
        /** A bundle whose manifest is lost. */
        Damaged,
        /** A bundle that a later version wrote. */
        NewerVersion
    }

    private final Reason reason;

    public UnreadableBundleException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
