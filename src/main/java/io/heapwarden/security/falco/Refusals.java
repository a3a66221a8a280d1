package io.heapwarden.security.falco;

import io.grpc.Status;
import java.net.ConnectException;
import org.jspecify.annotations.Nullable;

/** What a status of gRPC means, in words. */
final class Refusals {

    private static final int MOST_CAUSES = 8;
    private static final int MOST_WORDS = 300;

    private Refusals() {}

    /** Whether nobody listens there. */
    static boolean refused(Status status) {
        Throwable cause = status.getCause();
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (cause instanceof ConnectException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    static String words(Status status) {
        String text = status.getDescription();
        String root = root(status.getCause());
        String words = status.getCode() + (text == null ? "" : ": " + text) + (root == null ? "" : " (" + root + ")");
        return PlainText.of(words, MOST_WORDS);
    }

    private static @Nullable String root(@Nullable Throwable cause) {
        Throwable last = cause;
        for (int i = 0; last != null && last.getCause() != null && i < MOST_CAUSES; i++) {
            last = last.getCause();
        }
        return last == null ? null : last.getMessage();
    }
}
