package corpus.shutdownhooks;

import corpus.Load;

/*
 * Each connection registers a hook that closes it when the JVM ends; hooks are threads that have not started, and nobody takes them back.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.shutdownhooks.CloseOnShutdown, corpus.shutdownhooks.Connection
 * signal: HeapAfterGC
 * run: plain rate=200 size=1200
 * run: parallel17 jdk=17 gc=Parallel rate=200 size=1400 heap=72m around=bank
 */
public final class ShutdownHooks {
    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> Runtime.getRuntime().addShutdownHook(new CloseOnShutdown(new Connection(n, load.payload()))));
    }
}

record Connection(long number, byte[] buffer) {}

final class CloseOnShutdown extends Thread {
    private final Connection connection;

    CloseOnShutdown(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void run() {
        if (connection.number() < 0) {
            throw new IllegalStateException("not open");
        }
    }
}
