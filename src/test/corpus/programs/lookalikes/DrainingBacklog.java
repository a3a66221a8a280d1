package corpus.drainingbacklog;

import corpus.Load;
import java.util.concurrent.ConcurrentLinkedQueue;

/*
 * A peer is away for a while; what it is owed piles up and is worked off when it is back. It happens again.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=250 size=2500 period=70 away=0.4 seconds=240
 * run: ragged17 jdk=17 rate=250 size=3000 period=45 away=0.45 seconds=220 noise=0.6 around=bank hist=all/10
 * run: once rate=250 size=2000 period=190 away=0.35 seconds=200 around=fleet gc=Serial hist=live/15
 */
public final class DrainingBacklog {
    public static void main(String[] args) {
        Load load = new Load(args);
        double period = load.number("period", 70);
        double away = load.number("away", 0.4);
        ConcurrentLinkedQueue<Notice> backlog = new ConcurrentLinkedQueue<>();
        load.serve(n -> {
            backlog.add(new Notice(n, load.payload()));
            double phase = load.now() % period / period;
            if (phase < 0.1 || phase > 0.1 + away) {
                backlog.poll();
                backlog.poll();
                backlog.poll();
            }
        });
    }
}

record Notice(long number, byte[] text) {}
