package corpus.lrucache;

import corpus.Load;
import java.util.LinkedHashMap;
import java.util.Map;

/*
 * A cache with a bound that takes long to fill; from then on every new entry drives out the eldest.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=250 size=700 entries=16000 seconds=200
 * run: rising rate=120 size=500 entries=60000 seconds=120 heap=96m rising=yes around=fleet hist=all/10
 * run: quick17 jdk=17 rate=400 size=900 entries=20000 seconds=150 heap=48m
 * run: parallel gc=Parallel rate=300 size=2000 entries=18000 seconds=180 heap=80m hist=live/20
 * run: zgc gc=ZGC rate=300 size=2500 entries=20000 seconds=160 heap=128m hist=all/8 around=bank
 */
public final class LruCache {
    public static void main(String[] args) {
        Load load = new Load(args);
        int most = (int) load.number("entries", 16_000);
        Map<Long, Page> cache = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Page> eldest) {
                return size() > most;
            }
        };
        load.serve(n -> cache.computeIfAbsent(n % 4 == 0 ? n / 2 : n, key -> new Page("page " + key, load.payload())));
    }
}

record Page(String title, byte[] html) {}
