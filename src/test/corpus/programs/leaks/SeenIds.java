package corpus.seenids;

import corpus.Load;
import java.util.HashSet;
import java.util.Set;

/*
 * Ids of messages that were handled are remembered so that none is handled twice; none is forgotten either. Only boxes and nodes grow.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: java.lang.Long, java.util.HashMap$Node, java.util.HashMap, java.util.HashSet
 * signal: HeapAfterGC
 * run: plain rate=900 ids=8 heap=80m garbage=15000
 * run: parallel17 jdk=17 gc=Parallel rate=900 ids=8 heap=96m garbage=15000 around=bank hist=all/10
 */
public final class SeenIds {
    private static final Set<Long> SEEN = new HashSet<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        int ids = (int) load.number("ids", 8);
        load.serve(n -> {
            for (int i = 0; i < ids; i++) {
                SEEN.add(n * ids + i + 1_000_000_000_000L);
            }
        });
    }
}
