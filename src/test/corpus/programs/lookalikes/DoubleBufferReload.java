package corpus.doublebufferreload;

import corpus.Load;
import java.util.HashMap;
import java.util.Map;

/*
 * A table is read anew at intervals beside the old one, and then takes its place: for a while there are two.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=300 size=1200 rows=12000 every=60 seconds=220
 * run: jdk17 jdk=17 rate=400 size=1000 rows=15000 every=45 seconds=200 around=bank gc=Parallel hist=all/10
 * run: nightly rate=350 size=900 rows=16000 every=72 seconds=260 scale=1200 around=fleet hist=live/20
 */
public final class DoubleBufferReload {
    public static void main(String[] args) {
        Load load = new Load(args);
        int rows = (int) load.number("rows", 12_000);
        double every = load.number("every", 60);
        Map<Integer, TariffRow> current = new HashMap<>();
        Map<Integer, TariffRow> next = new HashMap<>();
        int[] reload = new int[1];
        load.serve(n -> {
            if ((int) (load.now() / every) > reload[0] || current.isEmpty()) {
                next.put(next.size(), new TariffRow("tariff" + n, load.payload()));
                if (next.size() == rows) {
                    current.clear();
                    current.putAll(next);
                    next.clear();
                    reload[0] = (int) (load.now() / every);
                }
            }
        });
    }
}

record TariffRow(String name, byte[] prices) {}
