package corpus.lateleak;

import corpus.Load;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/*
 * All is well until a feature is switched on; from then on each request leaves its trace span in a list.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.lateleak.Span
 * signal: HeapAfterGC
 * run: plain rate=250 size=1600 from=80 cut=0.9
 * run: jdk17 jdk=17 rate=250 size=1400 from=60 cut=0.95 gc=Serial hist=live/12 around=bank
 * run: days rate=250 size=1400 from=90 day=30 night=0.3 scale=2880 cut=0.95 around=fleet heap=72m
 */
public final class LateLeak {
    private static final List<Span> SPANS = new ArrayList<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        double from = load.number("from", 80);
        ArrayDeque<Span> recent = new ArrayDeque<>();
        load.serve(n -> {
            Span span = new Span(n, "GET /items", load.payload());
            recent.add(span);
            if (recent.size() > 2_000) {
                recent.poll();
            }
            if (load.now() > from) {
                if (SPANS.isEmpty()) {
                    load.leaking();
                }
                SPANS.add(span);
            }
        });
    }
}

record Span(long number, String name, byte[] tags) {}
