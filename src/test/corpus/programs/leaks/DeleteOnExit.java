package corpus.deleteonexit;

import corpus.Load;
import java.io.File;

/*
 * Every export registers its temporary file with deleteOnExit; the JDK keeps the path until the JVM ends.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: byte[], java.lang.String, java.util.LinkedHashMap$Entry, java.util.LinkedHashMap, java.util.LinkedHashSet
 * signal: HeapAfterGC
 * run: plain rate=400 size=200
 * run: jdk17 jdk=17 rate=350 size=440 heap=72m around=fleet hist=all/10
 */
public final class DeleteOnExit {
    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> new File("/tmp/heapwarden-corpus/exports/" + load.text(load.size) + "/export" + n + ".csv").deleteOnExit());
    }
}
