package corpus.directbuffers;

import corpus.Load;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/*
 * Each upload gets a direct buffer; those of uploads that break off are kept in a list for a retry that never comes.
 *
 * kind: leak
 * verdicts: DirectBufferLeak
 * culprits: corpus.directbuffers.Attachment, java.nio.DirectByteBuffer
 * signal: DirectBuffers
 * run: plain rate=150 size=20000 share=0.3 direct=128m
 * run: counted17 jdk=17 rate=150 size=30000 share=0.3 direct=160m nmt=yes around=bank
 * run: large rate=100 size=65536 share=0.15 direct=160m hist=all/10 gc=Parallel around=fleet
 * run: blind rate=150 size=20000 share=0.3 direct=128m nmt=yes hist=none
 */
public final class DirectBuffers {
    private static final List<Attachment> RETRY = new ArrayList<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        double share = load.number("share", 0.3);
        load.serve(n -> {
            if (load.chance(share)) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(load.size);
                while (buffer.hasRemaining()) {
                    buffer.put((byte) n);
                }
                RETRY.add(new Attachment("upload" + n, buffer));
            }
        });
    }
}

record Attachment(String name, ByteBuffer content) {}
