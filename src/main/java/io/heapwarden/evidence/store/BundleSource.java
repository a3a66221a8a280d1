package io.heapwarden.evidence.store;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Something to be stored, of a length that nobody knows before: {@code bundle::writeTo}, or a heap dump as it comes out of a pod. It is written once, in a
 * thread of the store, which is interrupted when the time is over.
 */
@FunctionalInterface
public interface BundleSource {

    /**
     * Writes all of it. Failures of the stream are to be passed on, not swallowed.
     *
     * @throws IOException when it cannot be had any further; the message is shown to people
     */
    void writeTo(OutputStream out) throws IOException;
}
