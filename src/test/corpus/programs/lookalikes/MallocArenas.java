package corpus.mallocarenas;

import corpus.Load;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.Deflater;

/*
 * Many threads compress with a Deflater each time and end it as they should. The C library's arenas keep what was freed, so that resident memory
 * climbs at first and then levels off over a flat heap.
 *
 * kind: lookalike
 * verdicts: Healthy
 * signal: ContainerAnon
 * run: plain rate=120 size=30000 threads=40 seconds=180 container=320m
 * run: jdk17 jdk=17 rate=100 size=60000 threads=60 seconds=200 container=384m around=bank gc=Parallel hist=all/10
 */
public final class MallocArenas {
    public static void main(String[] args) {
        Load load = new Load(args);
        ExecutorService pool = Executors.newFixedThreadPool((int) load.number("threads", 40), task -> {
            Thread thread = new Thread(task, "packer");
            thread.setDaemon(true);
            return thread;
        });
        load.serve(n -> pool.execute(new Packing(load.payload())));
    }
}

record Packing(byte[] data) implements Runnable {
    @Override
    public void run() {
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        byte[] out = new byte[data.length + 64];
        while (!deflater.finished()) {
            deflater.deflate(out);
        }
        deflater.end();
    }
}
