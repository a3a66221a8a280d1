package corpus.threadleak;

import corpus.Load;
import java.util.concurrent.SynchronousQueue;

/*
 * Every connection gets a thread that reads from it; when the peer is gone it waits for ever.
 *
 * kind: leak
 * verdicts: ThreadLeak
 * culprits: corpus.threadleak.ConnectionReader, java.lang.Thread
 * signal: Threads
 * run: plain rate=60 share=0.10 pids=900
 * run: jdk17 jdk=17 rate=40 share=0.15 pids=800 heap=96m hist=all/10
 * run: slow rate=40 share=0.05 pids=500 noise=0.6 hist=none
 */
public final class ThreadLeak {
    public static void main(String[] args) {
        Load load = new Load(args);
        double lost = load.number("share", 0.1);
        load.serve(n -> new ConnectionReader(n, load.chance(lost)).start());
    }
}

final class ConnectionReader extends Thread {
    private final SynchronousQueue<byte[]> incoming = new SynchronousQueue<>();
    private final boolean lost;

    ConnectionReader(long number, boolean lost) {
        super("connection-reader-" + number);
        this.lost = lost;
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            Thread.sleep(100);
            if (lost) {
                incoming.take();
            }
        } catch (InterruptedException e) {
            interrupt();
        }
    }
}
