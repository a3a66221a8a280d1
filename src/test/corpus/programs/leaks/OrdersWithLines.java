package corpus.orderswithlines;

import corpus.Load;
import java.util.ArrayList;
import java.util.List;

/*
 * Orders are kept after they are shipped, each with three lines and an address: several classes in one proportion.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.orderswithlines.CustomerOrder, corpus.orderswithlines.OrderLine, corpus.orderswithlines.Address
 * signal: HeapAfterGC
 * run: plain rate=200 size=450 around=fleet
 * run: zgc17 jdk=17 gc=ZGC rate=200 size=1200 heap=128m hist=all/10
 * run: cancelled rate=250 size=450 cancelled=0.4 noise=0.5 around=bank hist=live/20
 */
public final class OrdersWithLines {
    private static final List<CustomerOrder> ORDERS = new ArrayList<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        double cancelled = load.number("cancelled", 0);
        load.serve(n -> {
            CustomerOrder order = new CustomerOrder(n, new Address(load.text(18), load.text(10)));
            for (int i = 0; i < 3; i++) {
                order.lines.add(new OrderLine("article" + load.pick(999), i + 1, load.payload()));
            }
            if (!load.chance(cancelled)) {
                ORDERS.add(order);
            }
        });
    }
}

final class CustomerOrder {
    final long number;
    final Address to;
    final List<OrderLine> lines = new ArrayList<>(3);

    CustomerOrder(long number, Address to) {
        this.number = number;
        this.to = to;
    }
}

record OrderLine(String article, int count, byte[] note) {}

record Address(String street, String town) {}
