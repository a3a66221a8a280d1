package corpus.batchjobs;

import corpus.Load;
import java.util.ArrayList;
import java.util.List;

/*
 * A job gathers rows for a report, writes it and lets them go; then there is a pause until the next.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=300 size=5000 every=25 busy=0.7 seconds=180
 * run: long rate=200 size=2500 every=70 busy=0.95 seconds=230 heap=64m hist=all/10
 * run: ragged17 jdk=17 rate=300 size=6000 every=18 busy=0.8 ragged=0.8 seconds=200 around=bank
 * run: nightly rate=350 size=10000 every=30 busy=0.25 seconds=180 scale=2880 around=fleet gc=Parallel
 */
public final class BatchJobs {
    public static void main(String[] args) {
        Load load = new Load(args);
        double every = load.number("every", 25);
        double busy = load.number("busy", 0.7);
        double ragged = load.number("ragged", 0);
        List<ReportRow> rows = new ArrayList<>();
        double[] next = {every, every * busy};
        load.serve(n -> {
            double now = load.now();
            if (now > next[0]) {
                rows.clear();
                next[0] = now + every * (1 + ragged * (load.random().nextDouble() - 0.5));
                next[1] = now + every * busy * (1 - ragged * load.random().nextDouble());
            }
            if (now < next[1]) {
                rows.add(new ReportRow(n, load.text(10), load.payload()));
            } else if (!rows.isEmpty()) {
                rows.clear();
                ((ArrayList<ReportRow>) rows).trimToSize();
            }
        });
    }
}

record ReportRow(long number, String account, byte[] cells) {}
