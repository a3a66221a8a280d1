package corpus.leakbehindcache;

import corpus.Load;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/*
 * A large cache fills to its bound and stays there, as it should; the statements opened for its misses are never closed.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.leakbehindcache.Statement, corpus.leakbehindcache.Parameter
 * signal: HeapAfterGC
 * run: plain rate=400 size=900 entries=15000 share=0.8 heap=80m
 * run: jdk17 jdk=17 rate=400 size=900 entries=18000 share=0.8 heap=96m gc=Parallel around=bank hist=live/12
 */
public final class LeakBehindCache {
    private static final List<Statement> OPEN = new ArrayList<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        int most = (int) load.number("entries", 15_000);
        double share = load.number("share", 0.3);
        Map<Long, CachedRow> cache = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, CachedRow> eldest) {
                return size() > most;
            }
        };
        load.serve(n -> {
            cache.put(n, new CachedRow(n, load.payload()));
            if (load.chance(share)) {
                OPEN.add(new Statement("select * from item where id = ?", new Parameter(n, load.payload())));
            }
        });
    }
}

record CachedRow(long id, byte[] cells) {}

record Statement(String sql, Parameter parameter) {}

record Parameter(long value, byte[] encoded) {}
