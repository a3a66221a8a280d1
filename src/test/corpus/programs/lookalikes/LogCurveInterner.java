package corpus.logcurveinterner;

import corpus.Load;
import java.util.HashMap;
import java.util.Map;

/*
 * Names are interned: most of those that come are known, new ones get rarer and rarer, and the curve flattens as a logarithm.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=400 size=900 names=20000 seconds=240
 * run: large17 jdk=17 rate=500 size=800 names=40000 seconds=260 heap=96m hist=all/10 around=bank
 * run: zipf rate=500 size=800 names=300000 zipf=4 seconds=240 heap=128m around=fleet
 */
public final class LogCurveInterner {
    public static void main(String[] args) {
        Load load = new Load(args);
        int names = (int) load.number("names", 20_000);
        double exponent = load.number("zipf", 1);
        Map<Integer, Symbol> symbols = new HashMap<>();
        load.serve(n -> {
            int name = (int) (names * Math.pow(load.random().nextDouble(), exponent));
            symbols.computeIfAbsent(name, key -> new Symbol("name" + key, load.payload())).uses++;
        });
    }
}

final class Symbol {
    final String name;
    final byte[] properties;
    int uses;

    Symbol(String name, byte[] properties) {
        this.name = name;
        this.properties = properties;
    }
}
