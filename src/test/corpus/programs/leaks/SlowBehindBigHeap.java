package corpus.slowbehindbigheap;

import corpus.Load;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/*
 * More than half of the heap is a catalogue that never changes; what leaks beside it is small and slow.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.slowbehindbigheap.SearchLog
 * signal: HeapAfterGC
 * run: plain rate=150 size=500 constant=50000 heap=96m interval=700
 * run: zgc gc=ZGC rate=150 size=2000 constant=60000 heap=160m hist=all/10 around=bank
 * run: jdk17 jdk=17 rate=150 size=400 constant=60000 heap=96m noise=0.6 hist=live/20 around=fleet
 */
public final class SlowBehindBigHeap {
    private static final Map<Integer, CatalogEntry> CATALOG = new HashMap<>();
    private static final List<SearchLog> LOG = new ArrayList<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        for (int i = 0; i < load.number("constant", 50_000); i++) {
            CATALOG.put(i, new CatalogEntry("entry" + i, new byte[900]));
        }
        load.serve(n -> {
            CatalogEntry found = CATALOG.get(load.pick(CATALOG.size()));
            LOG.add(new SearchLog(found.name(), load.payload()));
        });
    }
}

record CatalogEntry(String name, byte[] description) {}

record SearchLog(String found, byte[] query) {}
