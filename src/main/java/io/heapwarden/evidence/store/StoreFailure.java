package io.heapwarden.evidence.store;

/** Why nothing was stored. The constants are spelled as they appear in Events and metrics. */
public enum StoreFailure {
    /** It took longer than it may. */
    TimedOut(true),
    /** An earlier write has not come back from the storage yet. */
    Busy(true),
    /** More bytes than the store takes of one file. */
    TooLarge(false),
    /** No room is left on the volume. */
    StorageFull(false),
    /** The store knows the credentials and does not allow it, or there is no permission on the directory. */
    Forbidden(false),
    /** The store does not know the credentials, or there are none. */
    BadCredentials(false),
    /** There is no such bucket or directory. */
    NotFound(false),
    /** The bucket is in another region than the settings say. */
    WrongRegion(false),
    /** Nothing answers there, or the connection broke. */
    Unreachable(true),
    /** What was to be stored could not be had. */
    SourceFailed(true),
    /** The store said something else. */
    Failed(true);

    private final boolean worthRetrying;

    StoreFailure(boolean worthRetrying) {
        this.worthRetrying = worthRetrying;
    }

    /** Whether a later attempt may succeed without anybody changing anything. */
    public boolean worthRetrying() {
        return worthRetrying;
    }
}
