package corpus.compactionsawtooth;

import corpus.Load;
import java.util.ArrayList;
import java.util.List;

/*
 * A log store appends segments in memory and compacts them at long intervals to a quarter; then it starts again. A long sawtooth.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=300 size=900 most=45000 left=0.2 seconds=330
 * run: short17 jdk=17 rate=400 size=900 most=24000 left=0.25 seconds=240 around=bank hist=all/10
 * run: flush rate=350 size=900 most=30000 left=0 seconds=300 gc=Parallel around=fleet scale=300 hist=live/20
 */
public final class CompactionSawtooth {
    public static void main(String[] args) {
        Load load = new Load(args);
        int most = (int) load.number("most", 45_000);
        double left = load.number("left", 0.2);
        List<LogEntry> entries = new ArrayList<>();
        load.serve(n -> {
            entries.add(new LogEntry(n, load.text(8), load.payload()));
            if (entries.size() > most) {
                entries.subList(0, (int) (most * (1 - left))).clear();
            }
        });
    }
}

record LogEntry(long number, String key, byte[] value) {}
