package corpus.buffersbesideheap;

import corpus.Load;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/*
 * A fixed set of direct buffers beside a heap that may grow nearly to the container's limit: nothing grows for ever, but both do not fit. The heap
 * is flat after collections.
 *
 * kind: other
 * verdicts: Undersized
 * signal: ContainerAnon
 * run: plain rate=150 size=1500 heap=192m buffers=80 container=300m seconds=150 opts=-Xms160m;-XX:+AlwaysPreTouch
 * run: jdk17 jdk=17 gc=Parallel rate=150 size=1500 heap=160m buffers=100 container=292m seconds=150 around=bank hist=all/10 opts=-Xms144m;-XX:+AlwaysPreTouch
 * run: noisy gc=Serial rate=200 size=1500 heap=192m buffers=60 container=270m seconds=150 noise=0.7 around=fleet hist=live/20 opts=-Xms160m;-XX:+AlwaysPreTouch
 */
public final class BuffersBesideHeap {
    public static void main(String[] args) {
        Load load = new Load(args);
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < load.number("buffers", 80); i++) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
            while (buffer.hasRemaining()) {
                buffer.putLong(i);
            }
            buffers.add(buffer.clear());
        }
        Map<Integer, Offer> offers = new HashMap<>();
        load.serve(n -> {
            offers.put((int) (n % 6_000), new Offer(n, load.payload()));
            buffers.get(load.pick(buffers.size())).clear().putLong(n);
        });
    }
}

record Offer(long number, byte[] terms) {}
