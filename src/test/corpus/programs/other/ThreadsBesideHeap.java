package corpus.threadsbesideheap;

import corpus.Load;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/*
 * Many threads with deep stacks, all there from the start, beside a heap whose maximum leaves them too little of the container's limit.
 *
 * kind: other
 * verdicts: Undersized
 * signal: ContainerAnon
 * run: plain rate=150 size=1500 heap=160m threads=150 depth=1500 container=200m seconds=150 opts=-Xms128m;-XX:+AlwaysPreTouch
 * run: jdk17 jdk=17 gc=Serial rate=150 size=1500 heap=192m threads=200 depth=1200 container=236m seconds=150 around=bank hist=live/15 opts=-Xms160m;-XX:+AlwaysPreTouch
 */
public final class ThreadsBesideHeap {
    public static void main(String[] args) {
        Load load = new Load(args);
        int depth = (int) load.number("depth", 1_500);
        ExecutorService pool = Executors.newFixedThreadPool((int) load.number("threads", 150), task -> {
            Thread thread = new Thread(task, "evaluator");
            thread.setDaemon(true);
            return thread;
        });
        Map<Integer, Valuation> valuations = new HashMap<>();
        load.serve(n -> {
            Future<Integer> value = pool.submit(() -> evaluate(depth));
            valuations.put((int) (n % 6_000), new Valuation(value.get(), load.payload()));
        });
    }

    private static int evaluate(int depth) {
        return depth == 0 ? 1 : 1 + evaluate(depth - 1);
    }
}

record Valuation(int value, byte[] book) {}
