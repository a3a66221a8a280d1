package corpus.sessionswithoutexpiry;

import corpus.Load;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/*
 * Sessions end when somebody logs out. Most people close the browser instead, and there is no expiry.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.sessionswithoutexpiry.Session, corpus.sessionswithoutexpiry.Profile
 * signal: HeapAfterGC
 * run: plain rate=150 size=900
 * run: day rate=200 size=2200 day=35 night=0.15 scale=1440 heap=96m hist=live/10
 * run: large rate=200 size=2500 heap=192m gc=Parallel hist=live/20
 */
public final class SessionsWithoutExpiry {
    private static final Map<String, Session> SESSIONS = new ConcurrentHashMap<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> {
            Session session = new Session(load.text(24), new Profile("user" + n, load.payload()));
            session.attributes.put("cart", load.text(10));
            session.attributes.put("locale", "de");
            SESSIONS.put(session.id, session);
            if (load.chance(0.2)) {
                SESSIONS.remove(session.id);
            }
        });
    }
}

final class Session {
    final String id;
    final Profile profile;
    final Map<String, String> attributes = new HashMap<>();

    Session(String id, Profile profile) {
        this.id = id;
        this.profile = profile;
    }
}

record Profile(String name, byte[] picture) {}
