package io.heapwarden.growth;

/** Where one container stands. The constants are spelled as they appear in the API. */
public enum State {
    /** Too young to be judged. */
    WarmingUp,
    /** Judged, and nothing grows that does not come back. */
    Healthy,
    /** Something grows; looked at more closely, nobody is told. */
    Suspect,
    /** A confirmed leak. */
    Leaking,
    /** A confirmed leak that is about to exhaust its limit. */
    Critical,
    /** Nothing has been heard of it for several intervals. */
    Unreachable;

    /** Whether a leak is confirmed in this state. */
    public boolean confirmed() {
        return this == Leaking || this == Critical;
    }
}
