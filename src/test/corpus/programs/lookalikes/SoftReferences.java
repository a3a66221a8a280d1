package corpus.softreferences;

import corpus.Load;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;

/*
 * Parsed templates are held by soft references: they fill the heap and go when it is full.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=250 size=1500 keys=60000 seconds=260 hist=live/20
 * run: jdk17 jdk=17 gc=Parallel rate=300 size=1800 keys=60000 seconds=240 around=bank hist=all/10
 * run: small rate=300 size=1200 keys=12000 seconds=180 hist=live/10 around=fleet
 */
public final class SoftReferences {
    public static void main(String[] args) {
        Load load = new Load(args);
        int keys = (int) load.number("keys", 60_000);
        Map<Integer, SoftReference<Template>> cache = new HashMap<>();
        load.serve(n -> {
            int key = load.pick(keys);
            SoftReference<Template> held = cache.get(key);
            if (held == null || held.get() == null) {
                cache.put(key, new SoftReference<>(new Template("template" + key, load.payload())));
            }
        });
    }
}

record Template(String name, byte[] tree) {}
