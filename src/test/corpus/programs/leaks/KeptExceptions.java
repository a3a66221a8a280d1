package corpus.keptexceptions;

import corpus.Load;
import java.util.ArrayList;
import java.util.List;

/*
 * Rejections are kept with their stack traces for a health page that shows how many there were.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.keptexceptions.OrderRejected
 * signal: HeapAfterGC
 * run: plain rate=150 size=100
 * run: jdk17 jdk=17 rate=120 size=600 heap=72m around=bank hist=live/15
 */
public final class KeptExceptions {
    private static final List<OrderRejected> REJECTIONS = new ArrayList<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> {
            try {
                check(n, 12, load);
            } catch (OrderRejected e) {
                REJECTIONS.add(e);
            }
        });
    }

    private static void check(long order, int rules, Load load) throws OrderRejected {
        if (rules == 0) {
            OrderRejected rejected = new OrderRejected(order, load.payload());
            rejected.getStackTrace();
            throw rejected;
        }
        check(order, rules - 1, load);
    }
}

final class OrderRejected extends Exception {
    final transient byte[] request;

    OrderRejected(long order, byte[] request) {
        super("order " + order + " is over its limit");
        this.request = request;
    }
}
