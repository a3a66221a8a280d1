package corpus.randomwalkset;

import corpus.Load;
import java.util.ArrayList;
import java.util.List;

/*
 * Documents are opened and closed at random: their number walks up and down, for long in one direction, but within bounds.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=300 size=1600 most=24000 step=600 seconds=240
 * run: second17 jdk=17 rate=300 size=1600 most=24000 step=900 seed=7 seconds=240 hist=all/10 around=fleet
 * run: third rate=300 size=1600 most=15000 step=500 seed=11 seconds=240 gc=Parallel around=bank
 * run: fourth rate=300 size=1600 most=20000 step=1200 seed=5 seconds=200 scale=120 hist=live/20
 */
public final class RandomWalkSet {
    public static void main(String[] args) {
        Load load = new Load(args);
        int most = (int) load.number("most", 24_000);
        double step = load.number("step", 600);
        List<OpenDocument> open = new ArrayList<>();
        load.serve(n -> {
            if (n % 300 != 0) {
                return;
            }
            double change = load.random().nextGaussian() * step;
            for (int i = 0; i < change && open.size() < most; i++) {
                open.add(new OpenDocument("document" + n + i, load.payload()));
            }
            for (int i = 0; i < -change && !open.isEmpty(); i++) {
                open.remove(load.pick(open.size()) == 0 ? 0 : open.size() - 1);
            }
        });
    }
}

record OpenDocument(String name, byte[] text) {}
