package corpus.breathingpool;

import corpus.Load;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/*
 * A pool of threads grows with the load and shrinks when it is idle, in waves; or it empties for a moment and is full again.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: Threads
 * run: plain rate=60 wave=30 most=120 keep=4 seconds=180
 * run: empties rate=80 wave=12 most=60 keep=1 seconds=150 hist=all/10
 * run: bounded17 jdk=17 rate=30 wave=0 most=200 keep=600 hold=9 seconds=330 pids=600
 */
public final class BreathingPool {
    public static void main(String[] args) {
        Load load = new Load(args);
        double wave = load.number("wave", 30);
        double hold = load.number("hold", 1);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                wave == 0 ? (int) load.number("most", 120) : 0,
                (int) load.number("most", 120),
                (long) load.number("keep", 4),
                TimeUnit.SECONDS,
                wave == 0 ? new LinkedBlockingQueue<>(100) : new SynchronousQueue<>(),
                new ThreadPoolExecutor.DiscardPolicy());
        load.serve(n -> {
            double share = wave == 0 ? 0.03 : Math.max(0, Math.sin(2 * Math.PI * load.now() / wave));
            if (load.chance(share)) {
                pool.execute(new Download(hold));
            }
        });
    }
}

record Download(double seconds) implements Runnable {
    @Override
    public void run() {
        try {
            Thread.sleep((long) (seconds * 1_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
