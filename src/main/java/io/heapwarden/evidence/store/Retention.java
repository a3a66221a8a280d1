package io.heapwarden.evidence.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides what goes; both stores act on it. Pure. Files of one taking stay or go together, the oldest go first, and the one just written never goes: a
 * rule that is too tight must not delete the evidence of the restart that is about to happen.
 */
final class Retention {

    private static final Comparator<Taking> OLDEST_FIRST =
            Comparator.comparing(Taking::takenAt).thenComparing(Taking::name);

    private Retention() {}

    /** A file that is kept now. */
    record Kept(EvidenceKey key, long bytes) {}

    /** All files of one taking. */
    private record Taking(String name, String owner, Instant takenAt, List<Kept> files) {
        long bytes() {
            return files.stream().mapToLong(Kept::bytes).sum();
        }
    }

    /** Files to delete, oldest first. */
    static List<Kept> toDelete(Collection<Kept> kept, RetentionRules rules, EvidenceKey written, Instant now) {
        Map<String, Taking> byName = new HashMap<>();
        for (Kept file : kept) {
            EvidenceKey key = file.key();
            byName.computeIfAbsent(
                            key.collection(), name -> new Taking(name, key.owner(), key.takenAt(), new ArrayList<>()))
                    .files()
                    .add(file);
        }
        List<Taking> oldestFirst = byName.values().stream().sorted(OLDEST_FIRST).toList();
        long total = oldestFirst.stream().mapToLong(Taking::bytes).sum();
        Map<String, Integer> ofOwner = new HashMap<>();
        oldestFirst.forEach(taking -> ofOwner.merge(taking.owner(), 1, Integer::sum));
        Instant oldest = now.minus(rules.maxAge());
        List<Kept> gone = new ArrayList<>();
        for (Taking taking : oldestFirst) {
            if (taking.name().equals(written.collection())) {
                continue;
            }
            boolean goes = taking.takenAt().isBefore(oldest)
                    || total > rules.maxTotalBytes()
                    || ofOwner.getOrDefault(taking.owner(), 0) > rules.maxPerWorkload();
            if (goes) {
                gone.addAll(taking.files());
                total -= taking.bytes();
                ofOwner.merge(taking.owner(), -1, Integer::sum);
            }
        }
        return gone;
    }
}
