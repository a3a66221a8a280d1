package corpus.noequalskey;

import corpus.Load;
import java.util.HashMap;
import java.util.Map;

/*
 * Results are cached under a key class without equals and hashCode: no key is ever found again.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.noequalskey.QueryKey, corpus.noequalskey.Result
 * signal: HeapAfterGC
 * run: plain rate=250 size=600 around=fleet
 * run: noisy17 jdk=17 rate=250 size=700 noise=0.8 hist=live/12 heap=80m
 */
public final class NoEqualsKey {
    private static final Map<QueryKey, Result> CACHE = new HashMap<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> {
            QueryKey key = new QueryKey("region" + load.pick(20), load.pick(50));
            CACHE.computeIfAbsent(key, missing -> new Result(load.payload(), missing.page * 10));
        });
    }
}

final class QueryKey {
    final String region;
    final int page;

    QueryKey(String region, int page) {
        this.region = region;
        this.page = page;
    }
}

record Result(byte[] rows, int first) {}
