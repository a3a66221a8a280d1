package corpus.steadyservice;

import corpus.Load;
import java.util.ArrayDeque;

/*
 * A service that does the same all day: requests, garbage, a few things in flight.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=250 size=700 seconds=150
 * run: noisy rate=300 size=3000 noise=1 seconds=200 around=bank hist=all/5
 * run: wild17 jdk=17 rate=250 size=6000 noise=1 most=2500 seconds=200 around=fleet background=2 heap=96m
 * run: zgc17 jdk=17 gc=ZGC rate=250 size=1500 seconds=150 heap=96m hist=all/10
 * run: blind gc=Serial rate=300 size=1500 noise=0.6 seconds=150 hist=none around=bank
 * run: hourly gc=Parallel rate=250 size=1500 noise=0.6 seconds=160 scale=3600 hist=live/6
 */
public final class SteadyService {
    public static void main(String[] args) {
        Load load = new Load(args);
        int most = (int) load.number("most", 1_500);
        ArrayDeque<Upload> inFlight = new ArrayDeque<>();
        int[] wanted = {most / 4};
        load.serve(n -> {
            if (n % 100 == 0) {
                wanted[0] = (int) Math.min(most, Math.max(10, wanted[0] * 0.9 + most * 0.05 + load.random().nextGaussian() * most / 12));
            }
            inFlight.add(new Upload(n, load.payload()));
            while (inFlight.size() > wanted[0]) {
                inFlight.poll();
            }
        });
    }
}

record Upload(long number, byte[] part) {}
