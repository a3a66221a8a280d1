package io.heapwarden.history;

/** A checkpoint that cannot be read: garbled, or written by a newer version. The life is then judged anew. */
public final class MalformedCheckpointException extends Exception {
    MalformedCheckpointException(String message) {
        super(message);
    }

    MalformedCheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
