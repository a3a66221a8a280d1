package corpus.deflatersnotended;

import corpus.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/*
 * A compressor for each subscriber keeps its Deflater, whose native state is many times the size of the object, when the subscriber has gone.
 *
 * kind: leak
 * verdicts: NativeGrowth
 * culprits: corpus.deflatersnotended.Compressor, java.util.zip.Deflater
 * signal: ContainerAnon
 * run: plain rate=60 share=0.1 container=288m
 * run: jdk17 jdk=17 rate=60 share=0.08 container=256m gc=Parallel around=bank hist=all/10
 */
public final class DeflatersNotEnded {
    private static final List<Compressor> COMPRESSORS = new ArrayList<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        double share = load.number("share", 0.1);
        load.serve(n -> {
            if (load.chance(share)) {
                Compressor compressor = new Compressor("subscriber" + n);
                compressor.compress(load.payload());
                COMPRESSORS.add(compressor);
            }
        });
    }
}

final class Compressor {
    private final String subscriber;
    private final Deflater deflater = new Deflater();

    Compressor(String subscriber) {
        this.subscriber = subscriber;
    }

    int compress(byte[] data) {
        deflater.setInput(data);
        return deflater.deflate(new byte[data.length + subscriber.length() + 64], 0, data.length, Deflater.SYNC_FLUSH);
    }
}
