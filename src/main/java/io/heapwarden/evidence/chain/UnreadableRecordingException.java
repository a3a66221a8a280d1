package io.heapwarden.evidence.chain;

/** A file is no flight recording, is cut off or damaged, or holds more than is read. The message says which, and what to do. */
public final class UnreadableRecordingException extends Exception {

    UnreadableRecordingException(String message) {
        super(message);
    }

    UnreadableRecordingException(String message, Throwable cause) {
        super(message, cause);
    }
}
