package corpus.listenerlist;

import corpus.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/*
 * Every view registers a lambda for price changes and never takes it away; the lambda holds the view.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.listenerlist.View, corpus.listenerlist.View$$Lambda, corpus.listenerlist.ListenerList$$Lambda
 * signal: HeapAfterGC
 * run: plain rate=250 size=700 around=bank
 * run: bare17 jdk=17 rate=1200 size=100 heap=48m garbage=15000
 * run: all rate=250 size=900 hist=all/10 around=fleet
 */
public final class ListenerList {
    private static final List<Consumer<String>> LISTENERS = new ArrayList<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> {
            View view = new View(load.payload());
            LISTENERS.add(view.listener());
            for (int i = 0; i < 20; i++) {
                LISTENERS.get(load.pick(LISTENERS.size())).accept("EUR");
            }
        });
    }
}

final class View {
    private final byte[] state;
    private int changes;

    View(byte[] state) {
        this.state = state;
    }

    Consumer<String> listener() {
        return currency -> changes += currency.length() + state.length;
    }
}
