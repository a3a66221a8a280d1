package corpus.weightboundedcache;

import corpus.Load;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/*
 * A cache bounded by the bytes of its entries. As entries get smaller over time their number goes on rising while the bytes stay level.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=250 size=3000 bytes=20000000 shrink=60 seconds=220
 * run: fast17 jdk=17 rate=400 size=2500 bytes=24000000 shrink=25 seconds=200 heap=80m around=bank hist=all/10
 * run: zgc gc=ZGC rate=300 size=3000 bytes=30000000 shrink=50 seconds=180 heap=128m hist=all/8 around=fleet
 */
public final class WeightBoundedCache {
    public static void main(String[] args) {
        Load load = new Load(args);
        long most = (long) load.number("bytes", 20e6);
        double shrink = load.number("shrink", 60);
        Map<String, Tile> cache = new HashMap<>();
        ArrayDeque<Tile> byAge = new ArrayDeque<>();
        long[] bytes = new long[1];
        load.serve(n -> {
            int length = 100 + (int) (load.payload().length / (1 + load.now() / shrink));
            Tile tile = new Tile("tile" + n, new byte[length]);
            cache.put(tile.name(), tile);
            byAge.add(tile);
            bytes[0] += length + 150;
            while (bytes[0] > most) {
                Tile eldest = byAge.poll();
                cache.remove(eldest.name());
                bytes[0] -= eldest.pixels().length + 150;
            }
        });
    }
}

record Tile(String name, byte[] pixels) {}
