package corpus.twophasebatch;

import corpus.Load;
import java.util.ArrayList;
import java.util.List;

/*
 * A job first loads all rows, then makes a second object of each before the rows go, then works on, and ends: two steps up and one long way down.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=300 size=1500 period=50 seconds=210
 * run: night17 jdk=17 rate=300 size=1800 period=60 seconds=250 gc=Parallel scale=1440 hist=all/10 around=bank
 * run: shrinking rate=350 size=1500 period=35 seconds=200 around=fleet hist=live/5
 */
public final class TwoPhaseBatch {
    public static void main(String[] args) {
        Load load = new Load(args);
        double period = load.number("period", 50);
        List<SourceRow> rows = new ArrayList<>();
        List<TargetRow> targets = new ArrayList<>();
        load.serve(n -> {
            double phase = load.now() % period / period;
            if (phase < 0.35) {
                targets.clear();
                rows.add(new SourceRow(n, load.payload()));
            } else if (phase < 0.6) {
                if (targets.size() < rows.size()) {
                    SourceRow row = rows.get(targets.size());
                    targets.add(new TargetRow("row" + row.number(), row.cells().clone()));
                }
            } else if (!rows.isEmpty()) {
                rows.clear();
            } else if (phase > 0.7 && !targets.isEmpty()) {
                targets.remove(targets.size() - 1);
            }
        });
    }
}

record SourceRow(long number, byte[] cells) {}

record TargetRow(String key, byte[] cells) {}
