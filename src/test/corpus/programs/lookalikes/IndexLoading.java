package corpus.indexloading;

import corpus.Load;
import java.util.HashMap;
import java.util.Map;

/*
 * A search index is loaded in a straight line; then it is only read.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=300 size=400 terms=25000 seconds=200
 * run: long rate=300 size=300 terms=70000 seconds=280 heap=96m scale=60 around=bank
 * run: cut rate=150 size=300 terms=90000 seconds=100 heap=128m rising=yes hist=all/10
 * run: serial17 jdk=17 gc=Serial rate=400 size=800 terms=25000 seconds=150
 */
public final class IndexLoading {
    public static void main(String[] args) {
        Load load = new Load(args);
        int terms = (int) load.number("terms", 25_000);
        Map<String, Posting> index = new HashMap<>();
        long[] hits = new long[1];
        load.serve(n -> {
            if (index.size() < terms) {
                index.put("term" + n, new Posting((int) n, load.payload()));
            } else {
                hits[0] += index.get("term" + load.pick(terms)).document();
            }
        });
    }
}

record Posting(int document, byte[] positions) {}
