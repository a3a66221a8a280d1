package corpus.loadstep;

import corpus.Load;
import java.util.ArrayDeque;

/*
 * A campaign starts and the load doubles at once, or in a ramp; what is in flight doubles with it and stays there.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: step rate=450 size=2500 ttl=20 from=70 over=0 seconds=200
 * run: ramp rate=450 size=2500 ttl=20 from=40 over=90 seconds=240 around=bank
 * run: ramp17 jdk=17 rate=400 size=3000 ttl=20 from=30 over=60 seconds=200 hist=all/10 gc=Parallel heap=80m
 * run: climbing rate=400 size=2000 ttl=15 from=20 over=150 seconds=110 rising=yes around=fleet
 */
public final class LoadStep {
    public static void main(String[] args) {
        Load load = new Load(args);
        double ttl = load.number("ttl", 20);
        double from = load.number("from", 60);
        double over = load.number("over", 0);
        ArrayDeque<Call> inFlight = new ArrayDeque<>();
        load.serve(n -> {
            double now = load.now();
            double share = now < from ? 0.3 : now < from + over ? 0.3 + 0.7 * (now - from) / over : 1;
            if (load.chance(share)) {
                inFlight.add(new Call(load.text(16), now + ttl, load.payload()));
            }
            while (!inFlight.isEmpty() && inFlight.peek().until() < now) {
                inFlight.poll();
            }
        });
    }
}

record Call(String id, double until, byte[] audio) {}
