package corpus.smallamongbig;

import corpus.Load;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;

/*
 * Tiny permits leak, one for each request, while large and innocent pictures come and go in much bigger numbers of bytes.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.smallamongbig.Permit
 * signal: HeapAfterGC
 * run: plain rate=700 size=12000 most=900 garbage=20000
 * run: jdk17 jdk=17 rate=700 size=16000 most=1200 garbage=20000 heap=80m hist=all/10 around=bank
 */
public final class SmallAmongBig {
    private static final List<Permit> PERMITS = new LinkedList<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        int most = (int) load.number("most", 900);
        List<Picture> pictures = new ArrayList<>();
        load.serve(n -> {
            for (int i = 0; i < 5; i++) {
                PERMITS.add(new Permit(n, i, new long[8]));
            }
            if (n % 200 == 0) {
                int wanted = load.pick(most);
                while (pictures.size() < wanted) {
                    pictures.add(new Picture(load.payload()));
                }
                while (pictures.size() > wanted) {
                    pictures.remove(pictures.size() - 1);
                }
            }
        });
    }
}

record Permit(long request, int kind, long[] times) {}

record Picture(byte[] pixels) {}
