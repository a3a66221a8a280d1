package corpus.connectionpool;

import corpus.Load;
import java.util.ArrayList;
import java.util.List;

/*
 * A pool opens another connection whenever all are busy, up to its bound; each connection brings buffers and statements.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=200 size=60000 most=300 busy=0.01 seconds=180
 * run: slow17 jdk=17 rate=150 size=60000 most=400 busy=0.01 seconds=240 heap=96m around=bank hist=all/10
 * run: cut rate=100 size=40000 most=900 busy=0.01 seconds=110 heap=128m rising=yes around=fleet
 */
public final class ConnectionPool {
    public static void main(String[] args) {
        Load load = new Load(args);
        int most = (int) load.number("most", 300);
        double busy = load.number("busy", 0.01);
        List<PooledConnection> pool = new ArrayList<>();
        load.serve(n -> {
            if (pool.size() < most && load.chance(busy * Math.min(1, 2.0 * (most - pool.size()) / most))) {
                pool.add(new PooledConnection(pool.size(), load.payload()));
            }
            if (!pool.isEmpty()) {
                pool.get(load.pick(pool.size())).query(n);
            }
        });
    }
}

final class PooledConnection {
    private final int number;
    private final byte[] buffer;
    private final List<PreparedQuery> prepared = new ArrayList<>();

    PooledConnection(int number, byte[] buffer) {
        this.number = number;
        this.buffer = buffer;
    }

    void query(long n) {
        if (prepared.size() < 20) {
            prepared.add(new PreparedQuery("select " + n + " from t" + number, n % buffer.length));
        }
    }
}

record PreparedQuery(String sql, long plan) {}
