package io.heapwarden.probe.http;

import io.heapwarden.jvm.MalformedOutputException;
import java.nio.ByteBuffer;

/** Takes the body of an answer piece by piece, as it comes in. Never called by two threads at a time. */
@FunctionalInterface
public interface BodySink {

    /**
     * Takes the next bytes.
     *
     * @throws MalformedOutputException when they are not what they should be; the rest is then not read
     */
    void accept(ByteBuffer bytes) throws MalformedOutputException;
}
