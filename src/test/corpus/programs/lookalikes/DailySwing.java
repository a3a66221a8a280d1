package corpus.dailyswing;

import corpus.Load;
import java.util.ArrayDeque;

/*
 * Open work follows the hour of the day: little at night, much at noon, the same tomorrow.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=400 size=9000 ttl=8 day=35 night=0.1 seconds=230 scale=2400
 * run: morning rate=400 size=2500 ttl=6 day=240 night=0.05 seconds=110 scale=360 rising=yes
 * run: noisy17 jdk=17 rate=300 size=8000 ttl=8 day=30 night=0.2 noise=0.5 seconds=200 scale=2880 hist=all/10 around=bank
 * run: serial gc=Serial rate=300 size=9000 ttl=8 day=40 night=0.1 seconds=240 scale=2160 hist=live/20 around=fleet
 */
public final class DailySwing {
    public static void main(String[] args) {
        Load load = new Load(args);
        double ttl = load.number("ttl", 6);
        ArrayDeque<Booking> open = new ArrayDeque<>();
        load.serve(n -> {
            open.add(new Booking(n, load.now() + ttl, load.payload()));
            while (open.peek().until() < load.now()) {
                open.poll();
            }
        });
    }
}

record Booking(long number, double until, byte[] form) {}
