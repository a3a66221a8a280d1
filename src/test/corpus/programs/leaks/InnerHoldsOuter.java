package corpus.innerholdsouter;

import corpus.Load;
import java.util.ArrayList;
import java.util.List;

/*
 * Small cursors are kept to go on later; each is an inner class and holds the whole page that it was made in.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.innerholdsouter.ResultPage, corpus.innerholdsouter.ResultPage$Cursor
 * signal: HeapAfterGC
 * run: plain rate=100 size=2500 around=fleet
 * run: zgc gc=ZGC rate=120 size=7000 heap=128m hist=all/10
 */
public final class InnerHoldsOuter {
    private static final List<ResultPage.Cursor> CURSORS = new ArrayList<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> CURSORS.add(new ResultPage(load.payload(), n).cursor()));
    }
}

final class ResultPage {
    private final byte[] rows;
    private final long first;

    ResultPage(byte[] rows, long first) {
        this.rows = rows;
        this.first = first;
    }

    Cursor cursor() {
        return new Cursor(10);
    }

    final class Cursor {
        private int at;

        Cursor(int at) {
            this.at = at;
        }

        long next() {
            return first + at++ % rows.length;
        }
    }
}
