package corpus.futuresneverdone;

import corpus.Load;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/*
 * Replies are awaited under a correlation id; a reply that was lost leaves its future and the continuation in the map.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.futuresneverdone.AwaitedReply, java.util.concurrent.CompletableFuture
 * signal: HeapAfterGC
 * run: plain rate=400 size=1400 lost=0.5
 * run: g117 jdk=17 rate=400 size=1800 lost=0.4 noise=0.7 heap=80m hist=live/20 around=bank
 */
public final class FuturesNeverDone {
    private static final ConcurrentSkipListMap<Long, AwaitedReply> AWAITED = new ConcurrentSkipListMap<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        double lost = load.number("lost", 0.5);
        load.serve(n -> {
            AwaitedReply awaited = new AwaitedReply(n, load.payload());
            awaited.reply.thenAccept(text -> AWAITED.remove(awaited.correlation));
            AWAITED.put(n, awaited);
            if (!load.chance(lost)) {
                awaited.reply.complete("ok");
            }
        });
    }
}

final class AwaitedReply {
    final long correlation;
    final byte[] message;
    final CompletableFuture<String> reply = new CompletableFuture<>();

    AwaitedReply(long correlation, byte[] message) {
        this.correlation = correlation;
        this.message = message;
    }
}
