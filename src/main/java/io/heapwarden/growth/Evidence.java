package io.heapwarden.growth;

/**
 * What speaks for growth being kept objects rather than garbage that no collection has looked at yet. Generational collectors promote garbage
 * and leave it in the old generation, so that heap after a young collection rises in a line until an old collection; a rising line alone
 * proves nothing. The later a constant, the stronger.
 */
public enum Evidence {
    /** Only the rising line. */
    None,
    /** Histograms that count garbage too show one class of the application rising at every step. */
    HistogramsWithGarbage,
    /** More of the headroom is in use than an old generation of default size can hold. */
    NearlyFull,
    /** Histograms of live objects show what rises. */
    LiveHistograms,
    /** At least half of the growth was still there after an old collection. */
    OldCollection;

    /** Whether a collection of all objects stands behind it. */
    boolean tested() {
        return this == LiveHistograms || this == OldCollection;
    }
}
