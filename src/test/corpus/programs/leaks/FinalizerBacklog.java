package corpus.finalizerbacklog;

import corpus.Load;

/*
 * Handles have a finalizer that waits for a slow device, so that fewer are finalized than are made.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.finalizerbacklog.DeviceHandle, java.lang.ref.Finalizer
 * signal: HeapAfterGC
 * run: plain rate=250 size=700
 * run: parallel17 jdk=17 gc=Parallel rate=250 size=1600 heap=80m around=bank hist=all/10
 */
public final class FinalizerBacklog {
    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> new DeviceHandle("/dev/scanner" + n % 8, load.payload()).scan());
    }
}

final class DeviceHandle {
    private final String device;
    private final byte[] page;
    private int scanned;

    DeviceHandle(String device, byte[] page) {
        this.device = device;
        this.page = page;
    }

    void scan() {
        scanned += device.length() + page.length;
    }

    @Override
    @SuppressWarnings({"deprecation", "removal"})
    protected void finalize() throws InterruptedException {
        Thread.sleep(20);
    }
}
