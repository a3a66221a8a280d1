package io.heapwarden.operator;

import io.heapwarden.security.Finding;
import io.heapwarden.security.FindingLedger;
import io.heapwarden.security.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings of a pod that are known and that nothing was done about yet, and since when. Safe for use by many threads. */
final class NoticedFindings {

    /** One of them. */
    record Noticed(Finding finding, Instant at) {}

    private final Map<Observation.Key, Noticed> waiting = new LinkedHashMap<>();

    synchronized void add(Finding finding, Instant at) {
        if (waiting.size() < FindingLedger.MOST) {
            waiting.put(finding.key(), new Noticed(finding, at));
        }
    }

    /** All of them, which wait no longer. */
    synchronized List<Noticed> take() {
        List<Noticed> all = new ArrayList<>(waiting.values());
        waiting.clear();
        return all;
    }
}
