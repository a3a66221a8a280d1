package corpus.churningbuffers;

import corpus.Load;
import java.util.HashMap;
import java.util.Map;

/*
 * Each request copies a large buffer several times, far more than the young generation of this heap takes between two requests.
 *
 * kind: other
 * verdicts: Churn
 * signal: HeapAfterGC
 * run: plain gc=Serial rate=50 size=1200 live=13000 copies=6 buffer=400000 heap=40m seconds=110 garbage=20000 around=fleet
 * run: g117 jdk=17 rate=100 size=1200 live=15000 copies=6 buffer=200000 heap=40m seconds=110 garbage=20000 hist=all/10
 */
public final class ChurningBuffers {
    public static void main(String[] args) {
        Load load = new Load(args);
        int copies = (int) load.number("copies", 6);
        int buffer = (int) load.number("buffer", 300_000);
        Map<Integer, Font> fonts = new HashMap<>();
        for (int i = 0; i < load.number("live", 20_000); i++) {
            fonts.put(i, new Font("font" + i, load.payload()));
        }
        load.serve(n -> {
            Rendered page = new Rendered(new byte[buffer]);
            for (int i = 0; i < copies; i++) {
                page = new Rendered(page.pixels().clone());
            }
            fonts.put((int) (n % fonts.size()), new Font("font" + page.pixels().length, load.payload()));
        });
    }
}

record Font(String name, byte[] glyphs) {}

record Rendered(byte[] pixels) {}
