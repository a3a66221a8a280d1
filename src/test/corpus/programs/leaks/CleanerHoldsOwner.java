package corpus.cleanerholdsowner;

import corpus.Load;
import java.lang.ref.Cleaner;

/*
 * The action given to a Cleaner is a lambda that uses a field, and so refers to the very object whose end it waits for.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.cleanerholdsowner.TempFile, corpus.cleanerholdsowner.TempFile$$Lambda, jdk.internal.ref.CleanerImpl$PhantomCleanableRef
 * signal: HeapAfterGC
 * run: plain rate=250 size=600 around=fleet
 * run: jdk17 jdk=17 rate=250 size=1400 heap=72m hist=live/20 noise=0.5
 */
public final class CleanerHoldsOwner {
    public static void main(String[] args) {
        Load load = new Load(args);
        Cleaner cleaner = Cleaner.create();
        load.serve(n -> new TempFile(cleaner, "/tmp/part" + n, load.payload()).write());
    }
}

final class TempFile {
    private final String path;
    private final byte[] content;
    private int written;

    TempFile(Cleaner cleaner, String path, byte[] content) {
        this.path = path;
        this.content = content;
        cleaner.register(this, () -> delete());
    }

    void write() {
        written += content.length;
    }

    private void delete() {
        written -= path.length();
    }
}
