package corpus.leakfollowsload;

import corpus.Load;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/*
 * A share of all requests leaves a coupon behind, so that memory grows by day, when there is load, and hardly at night.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.leakfollowsload.Coupon
 * signal: HeapAfterGC
 * run: plain rate=300 size=3200 ttl=4 day=40 night=0.05 share=0.4 scale=2160
 * run: noisy rate=250 size=3200 ttl=4 noise=1 share=0.35 around=bank
 * run: jdk17 jdk=17 gc=Parallel rate=300 size=3200 ttl=4 day=50 night=0.1 share=0.35 scale=1728 heap=72m hist=all/10 around=fleet
 */
public final class LeakFollowsLoad {
    private static final Map<String, Coupon> COUPONS = new HashMap<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        double ttl = load.number("ttl", 4);
        double share = load.number("share", 0.4);
        ArrayDeque<Purchase> open = new ArrayDeque<>();
        load.serve(n -> {
            open.add(new Purchase(n, load.now() + ttl, load.payload()));
            while (!open.isEmpty() && open.peek().until() < load.now()) {
                open.poll();
            }
            if (load.chance(share)) {
                COUPONS.put("coupon" + n, new Coupon(n, load.payload()));
            }
        });
    }
}

record Purchase(long number, double until, byte[] form) {}

record Coupon(long purchase, byte[] code) {}
