package io.heapwarden.growth;

/** What kind of growth it is. The constants are spelled as they appear in the API. */
public enum Verdict {
    RetentionLeak(true),
    ClassLoaderLeak(true),
    ThreadLeak(true),
    DirectBufferLeak(true),
    NativeGrowth(true),
    Undersized(false),
    Churn(false),
    PageCache(false),
    WarmingUp(false),
    Healthy(false),
    Unknown(false);

    private final boolean restartHelps;

    Verdict(boolean restartHelps) {
        this.restartHelps = restartHelps;
    }

    /** Whether a restart gives the memory back, until the cause is fixed. */
    public boolean restartHelps() {
        return restartHelps;
    }
}
