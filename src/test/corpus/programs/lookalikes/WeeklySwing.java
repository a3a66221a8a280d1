package corpus.weeklyswing;

import corpus.Load;
import java.util.ArrayDeque;

/*
 * Days swing, and weeks swing above them: each working day is busier than the one before, and the weekend brings it back.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=300 size=7000 ttl=5 day=14 night=0.15 seconds=230 scale=6171 hist=live/10
 * run: friday17 jdk=17 rate=300 size=7000 ttl=5 day=16 night=0.15 seconds=185 scale=5400 hist=all/10 around=bank
 * run: slow rate=300 size=7000 ttl=5 day=30 night=0.2 seconds=300 scale=2880 interval=1000 hist=live/10 around=fleet
 */
public final class WeeklySwing {
    private static final double[] WEEK = {0.35, 0.5, 0.65, 0.8, 1, 0.3, 0.25};

    public static void main(String[] args) {
        Load load = new Load(args);
        double ttl = load.number("ttl", 5);
        double day = load.number("day", 14);
        ArrayDeque<Visit> visits = new ArrayDeque<>();
        load.serve(n -> {
            if (load.chance(WEEK[(int) (load.now() / day) % WEEK.length])) {
                visits.add(new Visit(n, load.now() + ttl, load.payload()));
            }
            while (!visits.isEmpty() && visits.peek().until() < load.now()) {
                visits.poll();
            }
        });
    }
}

record Visit(long number, double until, byte[] page) {}
