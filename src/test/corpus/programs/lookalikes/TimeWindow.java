package corpus.timewindow;

import corpus.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/*
 * Samples of the last minutes in windows of seconds: they add up until the first window is old enough to go.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: HeapAfterGC
 * run: plain rate=400 size=600 windows=70 seconds=200
 * run: noisy17 jdk=17 rate=350 size=700 windows=60 noise=0.8 seconds=200 around=bank gc=Parallel hist=live/15
 * run: day rate=400 size=2500 windows=9 day=36 night=0.1 seconds=190 scale=2400 around=fleet hist=all/10
 */
public final class TimeWindow {
    public static void main(String[] args) {
        Load load = new Load(args);
        int most = (int) load.number("windows", 70);
        TreeMap<Integer, Window> windows = new TreeMap<>();
        load.serve(n -> {
            int second = (int) load.now();
            windows.computeIfAbsent(second, Window::new).points.add(new Point(n, load.payload()));
            while (windows.firstKey() < second - most) {
                windows.pollFirstEntry();
            }
        });
    }
}

final class Window {
    final int second;
    final List<Point> points = new ArrayList<>();

    Window(int second) {
        this.second = second;
    }
}

record Point(long number, byte[] labels) {}
