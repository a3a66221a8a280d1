package corpus.virtualthreadwaves;

import corpus.Load;
import java.time.Duration;

/*
 * Each request waits for a slow peer in a virtual thread of its own; when the peer is slower there are more of them, then fewer again.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * jdk: 25
 * run: plain rate=400 size=1500 wave=60 seconds=220
 * run: noisy rate=400 size=2000 wave=35 noise=0.8 seconds=180 around=bank hist=all/10 gc=Parallel
 */
public final class VirtualThreadWaves {
    public static void main(String[] args) {
        Load load = new Load(args);
        double wave = load.number("wave", 60);
        load.serve(n -> {
            double wait = 8 + 7 * Math.sin(2 * Math.PI * load.now() / wave);
            Thread.startVirtualThread(new SlowCall(n, load.payload(), wait));
        });
    }
}

record SlowCall(long number, byte[] request, double seconds) implements Runnable {
    @Override
    public void run() {
        try {
            Thread.sleep(Duration.ofMillis((long) (seconds * 1_000)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
