package corpus.unboundedlinkedmap;

import corpus.Load;
import java.util.LinkedHashMap;
import java.util.Map;

/*
 * A cache in order of access whose author meant to bound it and forgot removeEldestEntry.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.unboundedlinkedmap.Thumbnail, corpus.unboundedlinkedmap.PictureKey
 * signal: HeapAfterGC
 * run: plain rate=120 size=2400 around=fleet
 * run: zgc17 jdk=17 gc=ZGC rate=120 size=3000 heap=128m hist=all/10
 * run: day rate=150 size=1800 day=40 night=0.3 scale=1440 heap=96m
 */
public final class UnboundedLinkedMap {
    private static final Map<PictureKey, Thumbnail> CACHE = new LinkedHashMap<>(16, 0.75f, true);

    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> CACHE.computeIfAbsent(
                new PictureKey(n % 3 == 0 ? n / 2 : n, "s" + n % 3), key -> new Thumbnail(key.picture(), load.payload())));
    }
}

record PictureKey(long picture, String format) {}

record Thumbnail(long picture, byte[] pixels) {}
