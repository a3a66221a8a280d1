package corpus.leakunderswing;

import corpus.Load;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/*
 * Open work goes up by day and down at night; below it, one in some requests leaves a receipt for ever, by day and night at the same pace.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.leakunderswing.Receipt
 * signal: HeapAfterGC
 * run: plain rate=300 size=900 ttl=6 day=35 night=0.15 leaks=65 leaksize=3500 scale=2400
 * run: jdk17 jdk=17 rate=300 size=900 ttl=6 day=45 night=0.1 leaks=55 leaksize=3500 scale=1920 hist=all/10 heap=80m
 * run: parallel gc=Parallel rate=250 size=900 ttl=6 day=40 night=0.2 leaks=120 leaksize=1500 scale=2160 hist=live/20 around=bank
 */
public final class LeakUnderSwing {
    private static final List<Receipt> RECEIPTS = new ArrayList<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        double ttl = load.number("ttl", 6);
        double leaks = load.number("leaks", 40);
        int leakSize = (int) load.number("leaksize", 3_500);
        ArrayDeque<Checkout> open = new ArrayDeque<>();
        load.serve(n -> {
            open.add(new Checkout(n, load.now() + ttl, load.payload()));
            while (open.peek().until() < load.now()) {
                open.poll();
            }
            while (RECEIPTS.size() < load.now() * leaks) {
                RECEIPTS.add(new Receipt(RECEIPTS.size(), new byte[leakSize]));
            }
        });
    }
}

record Checkout(long number, double until, byte[] form) {}

record Receipt(long number, byte[] scan) {}
