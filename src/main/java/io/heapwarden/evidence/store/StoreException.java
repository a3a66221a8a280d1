package io.heapwarden.evidence.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Why a file is not stored. A source sees it as any {@link IOException} of its stream, passes it on, wrapped or not, and it is found again. */
final class StoreException extends IOException {

    private static final long serialVersionUID = 1;
    private static final int MAX_CAUSES = 32;

    private final @Nullable StoreFailure reason;

    StoreException(StoreFailure reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What the storage itself said, still to be interpreted. */
    StoreException(Exception cause) {
        super(cause.getMessage(), cause);
        this.reason = null;
    }

    /** Null while it is to be told from the cause. */
    @Nullable
    StoreFailure reason() {
        return reason;
    }

    /** The one in a chain of causes; null when it was not the store. */
    static @Nullable StoreException in(Throwable failure) {
        int causes = 0;
        for (Throwable cause = failure; cause != null && causes < MAX_CAUSES; cause = cause.getCause(), causes++) {
            if (cause instanceof StoreException found) {
                return found;
            }
        }
        return null;
    }
}
