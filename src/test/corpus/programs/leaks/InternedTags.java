package corpus.internedtags;

import corpus.Load;
import java.util.concurrent.ConcurrentHashMap;

/*
 * Tags are interned so that equal ones share memory, but every tag carries a request id and is unlike all others.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: byte[], java.lang.String, java.util.concurrent.ConcurrentHashMap$Node, java.util.concurrent.ConcurrentHashMap
 * signal: HeapAfterGC
 * run: plain rate=500 size=240 around=bank garbage=25000
 * run: zgc gc=ZGC rate=500 size=500 heap=128m hist=all/10 garbage=25000
 */
public final class InternedTags {
    private static final ConcurrentHashMap<String, String> INTERNED = new ConcurrentHashMap<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> {
            String tag = ("request=" + n + ",trace=" + load.text(load.size)).intern();
            INTERNED.putIfAbsent(tag, tag);
        });
    }
}
