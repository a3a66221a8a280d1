package corpus.stringsonly;

import corpus.Load;
import java.util.HashSet;
import java.util.Set;

/*
 * Addresses that were seen are remembered as strings, each with its own parameters: nothing but carriers grows.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: byte[], java.lang.String, java.util.HashMap$Node, java.util.HashMap, java.util.HashSet
 * signal: HeapAfterGC
 * run: plain rate=400 size=160
 * run: long17 jdk=17 rate=200 size=800 heap=96m around=bank
 * run: all rate=400 size=250 hist=all/10 around=fleet
 */
public final class StringsOnly {
    private static final Set<String> SEEN = new HashSet<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> SEEN.add("https://shop.example/item/" + n + "?ref=" + load.text(load.size)));
    }
}
