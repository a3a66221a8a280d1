package corpus.lazyoldcollection;

import corpus.Load;
import java.util.ArrayDeque;

/*
 * Carts live for some seconds, long enough to be promoted; the old generation is collected only when it is nearly full, so that dead carts
 * pile up in a straight line for minutes.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: parallel gc=Parallel rate=250 size=1500 ttl=5 seconds=240 heap=96m hist=all/10 opts=-Xmn12m;-XX:MaxTenuringThreshold=1
 * run: serial17 jdk=17 gc=Serial rate=200 size=1200 ttl=5 seconds=450 heap=96m hist=none opts=-Xmn10m;-XX:MaxTenuringThreshold=1 interval=1000
 * run: g1 rate=250 size=1200 ttl=5 seconds=240 heap=128m hist=all/15 opts=-Xmn12m;-XX:MaxTenuringThreshold=1
 * run: rarely gc=Parallel rate=200 size=1200 ttl=5 seconds=240 heap=128m hist=live/120 opts=-Xmn10m;-XX:MaxTenuringThreshold=1
 */
public final class LazyOldCollection {
    public static void main(String[] args) {
        Load load = new Load(args);
        double ttl = load.number("ttl", 5);
        ArrayDeque<Cart> carts = new ArrayDeque<>();
        load.serve(n -> {
            carts.add(new Cart(n, load.now() + ttl, load.payload()));
            while (carts.peek().until < load.now()) {
                carts.poll();
            }
        });
    }
}

final class Cart {
    final long number;
    final double until;
    final byte[] items;

    Cart(long number, double until, byte[] items) {
        this.number = number;
        this.until = until;
        this.items = items;
    }
}
