package corpus.historylist;

import corpus.Load;
import java.util.ArrayList;
import java.util.List;

/*
 * Each change is added to a list for an audit screen that shows the last ten.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.historylist.Change
 * signal: HeapAfterGC
 * run: plain rate=300 size=500 around=fleet
 * run: tiny rate=900 size=16 heap=48m garbage=20000 jdk=17
 * run: shenandoah17 jdk=17 gc=Shenandoah rate=300 size=800 heap=96m hist=all/10
 */
public final class HistoryList {
    private static final List<Change> CHANGES = new ArrayList<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> {
            CHANGES.add(new Change(n, "user" + n % 50, load.payload()));
            CHANGES.subList(Math.max(0, CHANGES.size() - 10), CHANGES.size()).forEach(Change::show);
        });
    }
}

final class Change {
    final long number;
    final String user;
    final byte[] before;
    int shown;

    Change(long number, String user, byte[] before) {
        this.number = number;
        this.user = user;
        this.before = before;
    }

    void show() {
        shown++;
    }
}
