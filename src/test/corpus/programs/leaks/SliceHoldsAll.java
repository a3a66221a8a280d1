package corpus.sliceholdsall;

import corpus.Load;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/*
 * Of each message only its first bytes are kept, but as a slice, which holds the array of the whole message.
 *
 * kind: leak
 * verdicts: RetentionLeak
 * culprits: corpus.sliceholdsall.MessageHead
 * signal: HeapAfterGC
 * run: plain rate=100 size=3000 around=bank
 * run: shenandoah17 jdk=17 gc=Shenandoah rate=100 size=8000 heap=96m hist=all/8
 */
public final class SliceHoldsAll {
    private static final Map<Long, MessageHead> HEADS = new HashMap<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        load.serve(n -> {
            byte[] message = load.payload();
            HEADS.put(n, new MessageHead("queue" + n % 7, ByteBuffer.wrap(message).slice(0, 16)));
        });
    }
}

record MessageHead(String queue, ByteBuffer bytes) {}
