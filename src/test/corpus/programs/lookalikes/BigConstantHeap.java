package corpus.bigconstantheap;

import corpus.Load;
import java.util.HashMap;
import java.util.Map;

/*
 * Most of the heap is a directory that is loaded at the start and only read, and updated in place, from then on.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=200 size=800 entries=40000 seconds=150
 * run: full17 jdk=17 gc=Parallel rate=200 size=800 entries=70000 seconds=160 heap=96m around=bank hist=live/15
 * run: zgc gc=ZGC rate=200 size=900 entries=70000 seconds=150 heap=160m hist=all/10 around=fleet
 */
public final class BigConstantHeap {
    public static void main(String[] args) {
        Load load = new Load(args);
        int entries = (int) load.number("entries", 40_000);
        Map<Integer, DirectoryEntry> directory = new HashMap<>();
        for (int i = 0; i < entries; i++) {
            directory.put(i, new DirectoryEntry("person" + i, load.payload()));
        }
        load.serve(n -> {
            int which = load.pick(entries);
            directory.put(which, new DirectoryEntry("person" + which, load.payload()));
        });
    }
}

record DirectoryEntry(String name, byte[] card) {}
