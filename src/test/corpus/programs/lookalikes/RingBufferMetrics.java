package corpus.ringbuffermetrics;

import corpus.Load;

/*
 * Measurements of the last N requests: the ring fills in a straight line, then each new one takes the place of an old one.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=400 size=700 slots=30000 seconds=180
 * run: half rate=400 size=300 slots=60000 seconds=110 heap=96m rising=yes around=bank
 * run: shenandoah17 jdk=17 gc=Shenandoah rate=400 size=1000 slots=25000 seconds=160 heap=96m hist=all/8
 */
public final class RingBufferMetrics {
    public static void main(String[] args) {
        Load load = new Load(args);
        Measurement[] ring = new Measurement[(int) load.number("slots", 30_000)];
        load.serve(n -> ring[(int) (n % ring.length)] = new Measurement(n, load.random().nextDouble(), load.payload()));
    }
}

record Measurement(long at, double millis, byte[] tags) {}
