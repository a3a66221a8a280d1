package corpus.fillerarrays;

import corpus.Load;
import java.util.ArrayDeque;

/*
 * Large arrays of many sizes come and go. What a full collection cannot move together it fills with filler arrays, which a histogram of live
 * objects counts.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: serial gc=Serial rate=150 size=60000 most=350 seconds=180 heap=96m hist=live/5 garbage=20000
 * run: parallel17 jdk=17 gc=Parallel rate=150 size=60000 most=400 seconds=180 heap=96m hist=live/8 garbage=20000 around=bank
 * run: humongous rate=60 size=900000 most=28 seconds=160 heap=96m hist=live/8 garbage=20000 around=fleet
 */
public final class FillerArrays {
    public static void main(String[] args) {
        Load load = new Load(args);
        int most = (int) load.number("most", 350);
        ArrayDeque<Scan> scans = new ArrayDeque<>();
        load.serve(n -> {
            if (n % 4 == 0) {
                scans.add(new Scan(n, load.payload()));
            }
            int wanted = most / 2 + (int) (most / 2.5 * Math.sin(load.now() / 4));
            while (scans.size() > wanted) {
                scans.poll();
            }
        });
    }
}

record Scan(long number, byte[] image) {}
