package io.heapwarden.evaluation.baseline;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The alarms of a rule over a recording.
 *
 * @param first when it alarmed first; null if it never did
 * @param atEnd whether it does after the last sample
 * @param classes the classes it names when it alarms first, the most likely first; empty for rules that name none
 */
public record Alarms(@Nullable Instant first, boolean atEnd, List<String> classes) {

    public Alarms {
        classes = List.copyOf(classes);
    }

    /** Takes down whether the rule alarms, sample by sample. */
    static final class Log {
        private @Nullable Instant first;
        private boolean now;
        private List<String> classes = List.of();

        void note(Instant at, boolean alarms) {
            note(at, alarms, List.of());
        }

        void note(Instant at, boolean alarms, List<String> named) {
            now = alarms;
            if (alarms && first == null) {
                first = at;
                classes = named;
            }
        }

        Alarms close() {
            return new Alarms(first, now, classes);
        }
    }
}
