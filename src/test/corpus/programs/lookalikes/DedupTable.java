package corpus.deduptable;

import corpus.Load;
import java.util.HashMap;
import java.util.Map;

/*
 * Equal strings are shared through a table; the towns and streets of a country are many, but not without end.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=500 size=200 streets=60000 seconds=240 garbage=25000
 * run: jdk17 jdk=17 rate=500 size=260 streets=45000 seconds=220 around=bank garbage=25000 gc=Parallel hist=all/10
 */
public final class DedupTable {
    public static void main(String[] args) {
        Load load = new Load(args);
        int streets = (int) load.number("streets", 60_000);
        Map<String, String> table = new HashMap<>();
        load.serve(n -> {
            for (int i = 0; i < 2; i++) {
                int street = (int) (streets * Math.pow(load.random().nextDouble(), 2));
                String name = "street " + street + " " + "x".repeat(load.size / 2 + street % load.size);
                table.putIfAbsent(name, name);
            }
        });
    }
}
