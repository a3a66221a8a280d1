package corpus.weakmapheldbyvalue;

import corpus.Load;
import java.util.Map;
import java.util.WeakHashMap;

/*
 * A weak map from documents to their renderings; each rendering refers to its document, so that no key is ever only weakly reachable.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.weakmapheldbyvalue.Document, corpus.weakmapheldbyvalue.Rendering, java.util.WeakHashMap$Entry
 * signal: HeapAfterGC
 * run: plain rate=250 size=1200
 * run: serial17 jdk=17 gc=Serial rate=220 size=1200 heap=72m around=bank
 */
public final class WeakMapHeldByValue {
    private static final Map<Document, Rendering> RENDERINGS = new WeakHashMap<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> {
            Document document = new Document("document" + n);
            RENDERINGS.put(document, new Rendering(document, load.payload()));
        });
    }
}

final class Document {
    final String title;

    Document(String title) {
        this.title = title;
    }
}

final class Rendering {
    final Document of;
    final byte[] pdf;

    Rendering(Document of, byte[] pdf) {
        this.of = of;
        this.pdf = pdf;
    }
}
