package corpus.unboundedconcurrentmap;

import corpus.Load;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/*
 * Quotes are stored under a random id until they are accepted; those that nobody accepts stay for ever.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.unboundedconcurrentmap.Quote
 * signal: HeapAfterGC
 * run: plain rate=300 size=600 around=bank hist=all/10
 * run: small17 jdk=17 rate=900 size=160 heap=48m around=fleet garbage=20000
 * run: noisy rate=250 size=900 noise=0.9 around=bank hist=live/15
 * run: blind rate=300 size=700 around=bank hist=none
 */
public final class UnboundedConcurrentMap {
    private static final ConcurrentHashMap<UUID, Quote> QUOTES = new ConcurrentHashMap<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> {
            UUID id = new UUID(load.random().nextLong(), n);
            QUOTES.put(id, new Quote(load.pick(10_000), load.text(20), load.payload()));
            if (load.chance(0.3)) {
                QUOTES.remove(id);
            }
        });
    }
}

final class Quote {
    final int cents;
    final String product;
    final byte[] terms;

    Quote(int cents, String product, byte[] terms) {
        this.cents = cents;
        this.product = product;
        this.terms = terms;
    }
}
