package corpus.threadlocalbuffers;

import corpus.Load;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/*
 * Each thread of a pool grows a buffer of its own to the largest document it has met: slower and slower, bounded by the number of threads.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=150 size=500000 threads=50 seconds=200
 * run: jdk17 jdk=17 rate=150 size=400000 threads=80 seconds=200 around=bank heap=80m hist=all/10
 */
public final class ThreadLocalBuffers {
    private static final ThreadLocal<EncodingBuffer> BUFFER = ThreadLocal.withInitial(EncodingBuffer::new);

    public static void main(String[] args) {
        Load load = new Load(args);
        ExecutorService pool = Executors.newFixedThreadPool((int) load.number("threads", 50), task -> {
            Thread thread = new Thread(task, "encoder");
            thread.setDaemon(true);
            return thread;
        });
        load.serve(n -> {
            int length = (int) (load.size * Math.pow(load.random().nextDouble(), 8)) + 100;
            Future<Integer> encoded = pool.submit(() -> BUFFER.get().encode(length));
            encoded.get();
        });
    }
}

final class EncodingBuffer {
    private byte[] bytes = new byte[256];

    int encode(int length) {
        if (length > bytes.length) {
            bytes = new byte[length];
        }
        bytes[length - 1] = 1;
        return bytes.length;
    }
}
