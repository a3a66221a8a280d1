package corpus.unboundedmap;

import corpus.Load;
import java.util.HashMap;
import java.util.Map;

/*
 * Every order is kept in a map by its number, and nobody takes it out again.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.unboundedmap.Order
 * signal: HeapAfterGC
 * run: plain rate=250 size=700
 * run: slow rate=200 size=1100 heap=96m noise=0.6 hist=live/20 interval=1000
 * run: serial17 jdk=17 gc=Serial rate=300 size=1200 heap=96m
 * run: parallel jdk=25 gc=Parallel rate=200 size=900 hist=all/10
 * run: zgc gc=ZGC rate=300 size=900 heap=128m hist=all/8
 * run: shenandoah gc=Shenandoah rate=300 size=900 heap=128m hist=all/8
 */
public final class UnboundedMap {
    private static final Map<Long, Order> ORDERS = new HashMap<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> {
            Order order = new Order(n, load.text(12), load.payload());
            ORDERS.put(order.number, order);
            if (n % 5 == 0) {
                Order earlier = ORDERS.get((long) load.pick((int) n + 1));
                earlier.looks++;
            }
        });
    }
}

final class Order {
    final long number;
    final String customer;
    final byte[] document;
    int looks;

    Order(long number, String customer, byte[] document) {
        this.number = number;
        this.customer = customer;
        this.document = document;
    }
}
