package io.heapwarden.evidence.heapdump;

import java.io.IOException;

/** A heap dump is not as the format has it. What was written before stands: it is the redacted dump up to {@link #offset()} or a little less. */
public final class HeapDumpFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean truncated;
    private final long offset;

    private HeapDumpFormatException(boolean truncated, long offset, String message) {
        super(message);
        this.truncated = truncated;
        this.offset = offset;
    }

    static HeapDumpFormatException truncated(long offset, String expected) {
        return new HeapDumpFormatException(
                true, offset, "The heap dump ends at byte " + offset + ", where " + expected + " was expected");
    }

    static HeapDumpFormatException malformed(long offset, String expected, String found) {
        return new HeapDumpFormatException(
                false,
                offset,
                "The heap dump has " + found + " at byte " + offset + ", where " + expected + " was expected");
    }

    /** Whether all that is wrong is that the dump ends too early. */
    public boolean truncated() {
        return truncated;
    }

    /** Bytes of the dump before the place that is wrong. */
    public long offset() {
        return offset;
    }
}
