package corpus.sessionexpiry;

import corpus.Load;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/*
 * Sessions end after a time without a request; until the first ones end their number only rises.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=200 size=1800 ttl=60 seconds=200
 * run: rising rate=100 size=300 ttl=300 seconds=110 heap=96m rising=yes
 * run: noisy17 jdk=17 rate=250 size=1500 ttl=50 noise=0.8 seconds=220 hist=all/10
 * run: day rate=250 size=8000 ttl=8 day=30 night=0.2 seconds=180 scale=2880 heap=64m
 * run: shenandoah gc=Shenandoah rate=200 size=2000 ttl=50 seconds=180 heap=96m hist=all/10
 */
public final class SessionExpiry {
    public static void main(String[] args) {
        Load load = new Load(args);
        double ttl = load.number("ttl", 60);
        Map<String, WebSession> sessions = new HashMap<>();
        ArrayDeque<WebSession> byAge = new ArrayDeque<>();
        load.serve(n -> {
            WebSession session = new WebSession(load.text(24), load.payload(), load.now() + ttl);
            sessions.put(session.id, session);
            byAge.add(session);
            while (byAge.peek().until < load.now()) {
                sessions.remove(byAge.poll().id);
            }
        });
    }
}

final class WebSession {
    final String id;
    final byte[] state;
    final double until;

    WebSession(String id, byte[] state, double until) {
        this.id = id;
        this.state = state;
        this.until = until;
    }
}
