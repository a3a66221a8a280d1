package corpus.executorleak;

import corpus.Load;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/*
 * Every tenant's client makes an executor of its own and never shuts it down; its one thread waits for work for ever.
 *
 * kind: leak
 * verdicts: ThreadLeak
 * culprits: java.lang.Thread, java.util.concurrent.ThreadPoolExecutor$Worker, java.util.concurrent.ThreadPoolExecutor, corpus.executorleak.TenantClient, corpus.executorleak.ClientThreads
 * signal: Threads
 * run: plain rate=60 share=0.08 pids=800 around=bank
 * run: serial17 jdk=17 gc=Serial rate=50 share=0.12 pids=900 heap=80m noise=0.6 hist=live/20
 */
public final class ExecutorLeak {
    public static void main(String[] args) {
        Load load = new Load(args);
        double share = load.number("share", 0.08);
        load.serve(n -> {
            TenantClient client = new TenantClient(n);
            if (load.chance(share)) {
                client.refresh();
            }
        });
    }
}

final class TenantClient {
    private final long tenant;
    private int refreshed;

    TenantClient(long tenant) {
        this.tenant = tenant;
    }

    void refresh() {
        ExecutorService executor = Executors.newFixedThreadPool(1, task -> {
            Thread thread = new Thread(task, "tenant-" + tenant + "-refresh");
            thread.setDaemon(true);
            return thread;
        });
        executor.execute(() -> refreshed++);
    }
}
