package corpus.churningparser;

import corpus.Load;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/*
 * Every request parses a document into many small objects, in a heap that has little room beside what lives: collections take much of the time,
 * and after each of them the heap is as it was.
 *
 * kind: other
 * verdicts: Churn
 * signal: HeapAfterGC
 * run: plain gc=Serial rate=60 size=1500 live=17000 nodes=25000 heap=48m seconds=110 garbage=20000
 * run: parallel17 jdk=17 gc=Parallel rate=50 size=1500 live=16000 nodes=25000 heap=48m seconds=110 garbage=20000 around=bank hist=live/20
 */
public final class ChurningParser {
    public static void main(String[] args) {
        Load load = new Load(args);
        int nodes = (int) load.number("nodes", 25_000);
        Map<Integer, Schema> schemas = new HashMap<>();
        for (int i = 0; i < load.number("live", 17_000); i++) {
            schemas.put(i, new Schema("schema" + i, load.payload()));
        }
        load.serve(n -> {
            List<Node> document = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                document.add(new Node(i, i == 0 ? null : document.get(i / 2)));
            }
            schemas.put((int) (n % schemas.size()), new Schema("schema" + document.size(), load.payload()));
        });
    }
}

record Schema(String name, byte[] rules) {}

record Node(int id, Node parent) {}
