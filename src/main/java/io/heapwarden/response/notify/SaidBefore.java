package io.heapwarden.response.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was told not long ago. An incident that ends is forgotten, so that its coming back is news; the 2,000 notices that were told last are
 * remembered. Not safe for use by many threads.
 */
final class SaidBefore {

    private static final int MOST = 2000;

    private record Said(String incident, Instant at) {}

    private final Duration repeatAfter;
    private final Map<String, Said> said = new LinkedHashMap<>();

    SaidBefore(Duration repeatAfter) {
        this.repeatAfter = repeatAfter;
    }

    boolean isRepeated(Notice notice, Instant now) {
        Said before = said.get(notice.fingerprint());
        return before != null && now.isBefore(before.at().plus(repeatAfter));
    }

    void remember(Notice notice, Instant now) {
        if (notice.kind().phase() == NoticeKind.Phase.Ends) {
            String incident = notice.incident();
            said.values().removeIf(before -> before.incident().equals(incident));
        }
        String fingerprint = notice.fingerprint();
        said.remove(fingerprint);
        said.put(fingerprint, new Said(notice.incident(), now));
        if (said.size() > MOST) {
            said.remove(said.keySet().iterator().next());
        }
    }

    /** It was not told after all: when it is told again, it is news. */
    void forget(Notice notice) {
        said.remove(notice.fingerprint());
    }
}
