package corpus.threadlocalcontexts;

import corpus.Load;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/*
 * Each request sets its own ThreadLocal in a thread of a pool. The value refers to the ThreadLocal, so that neither ever goes.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.threadlocalcontexts.RequestContext
 * signal: HeapAfterGC
 * run: plain rate=200 size=1800
 * run: small17 jdk=17 rate=400 size=400 heap=48m around=bank garbage=25000
 */
public final class ThreadLocalContexts {
    public static void main(String[] args) {
        Load load = new Load(args);
        ExecutorService pool = Executors.newFixedThreadPool(4, task -> {
            Thread thread = new Thread(task, "worker");
            thread.setDaemon(true);
            return thread;
        });
        load.serve(n -> {
            RequestContext context = new RequestContext(n, load.payload());
            pool.submit(context::enter).get();
        });
    }
}

final class RequestContext {
    private final ThreadLocal<RequestContext> current = new ThreadLocal<>();
    private final long request;
    private final byte[] headers;

    RequestContext(long request, byte[] headers) {
        this.request = request;
        this.headers = headers;
    }

    void enter() {
        current.set(this);
        if (current.get().request < 0) {
            throw new IllegalStateException("no request of " + headers.length + " bytes");
        }
    }
}
