package corpus.cancelledtasks;

import corpus.Load;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/*
 * Each try of a request schedules its time-out an hour ahead and cancels it when it is answered. The executor keeps cancelled tasks, though
 * not what they were to run, until their time.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask, java.util.concurrent.ScheduledThreadPoolExecutor
 * signal: HeapAfterGC
 * run: plain rate=700 size=200 garbage=15000 tries=6
 * run: zgc gc=ZGC rate=900 size=200 heap=112m garbage=15000 tries=8 hist=all/10 around=bank
 */
public final class CancelledTasks {
    public static void main(String[] args) {
        Load load = new Load(args);
        ScheduledThreadPoolExecutor timeouts = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "timeouts");
            thread.setDaemon(true);
            return thread;
        });
        int tries = (int) load.number("tries", 6);
        load.serve(n -> {
            for (int i = 0; i < tries; i++) {
                Future<?> timeout = timeouts.schedule(new RequestTimeout(n, load.payload()), 1, TimeUnit.HOURS);
                timeout.cancel(false);
            }
        });
    }
}

final class RequestTimeout implements Runnable {
    private final long request;
    private final byte[] body;
    private boolean over;

    RequestTimeout(long request, byte[] body) {
        this.request = request;
        this.body = body;
    }

    @Override
    public void run() {
        over = request + body.length > 0;
    }
}
