package corpus.directbufferpool;

import corpus.Load;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/*
 * Buffers come from a pool that makes new ones while its bound is not reached and then only lends.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: DirectBuffers
 * run: plain rate=150 size=65536 most=700 seconds=180 direct=128m nmt=yes
 * run: blind17 jdk=17 rate=120 size=65536 most=900 seconds=200 direct=160m around=bank hist=all/10
 * run: cut rate=60 size=32768 most=2500 seconds=100 direct=160m nmt=yes rising=yes around=fleet
 */
public final class DirectBufferPool {
    public static void main(String[] args) {
        Load load = new Load(args);
        int most = (int) load.number("most", 700);
        List<PooledBuffer> pool = new ArrayList<>();
        load.serve(n -> {
            if (pool.size() < most && load.chance(0.25)) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(load.size);
                while (buffer.hasRemaining()) {
                    buffer.putLong(n);
                }
                pool.add(new PooledBuffer(pool.size(), buffer));
            } else if (!pool.isEmpty()) {
                pool.get(load.pick(pool.size())).buffer().clear().putLong(n);
            }
        });
    }
}

record PooledBuffer(int number, ByteBuffer buffer) {}
