package corpus.meterperrequest;

import corpus.Load;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/*
 * A counter is registered for each combination of tags, and one of the tags is the user: the registry grows with every new user.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.meterperrequest.Meter, corpus.meterperrequest.MeterId, corpus.meterperrequest.Tag
 * signal: HeapAfterGC
 * run: plain rate=800 around=fleet garbage=15000
 * run: serial17 jdk=17 gc=Serial rate=800 heap=56m around=bank garbage=15000 hist=live/15
 */
public final class MeterPerRequest {
    private static final ConcurrentHashMap<MeterId, Meter> METERS = new ConcurrentHashMap<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> {
            MeterId id = new MeterId("http.requests", List.of(new Tag("status", "200"), new Tag("user", load.text(40))));
            METERS.computeIfAbsent(id, Meter::new).count.increment();
            METERS.computeIfAbsent(new MeterId("http.requests", List.of(new Tag("status", "500"))), Meter::new).count.increment();
        });
    }
}

record Tag(String key, String value) {}

record MeterId(String name, List<Tag> tags) {}

final class Meter {
    final MeterId id;
    final LongAdder count = new LongAdder();

    Meter(MeterId id) {
        this.id = id;
    }
}
