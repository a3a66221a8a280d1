package corpus.mappedfile;

import corpus.Load;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/*
 * A store maps its file and reads more and more of it: resident memory climbs with the file's pages, which are not the process's own.
 *
 * kind: lookalike
 * verdicts: Healthy, PageCache
 * signal: ContainerAnon
 * run: plain rate=150 megabytes=180 seconds=160 container=320m
 * run: jdk17 jdk=17 gc=Serial rate=150 megabytes=220 seconds=180 container=384m around=bank hist=all/10
 */
public final class MappedFile {
    public static void main(String[] args) throws IOException {
        Load load = new Load(args);
        long bytes = (long) load.number("megabytes", 180) << 20;
        Path file = Files.createTempFile("heapwarden-corpus", ".store");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            MappedByteBuffer store = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
            long[] read = new long[1];
            load.serve(n -> {
                // A page of 4 kB at a time, in the order of the file and then anywhere.
                long page = n * 3 % (bytes / 4096);
                for (int i = 0; i < 3; i++) {
                    read[0] += new StoredRecord(page + i, store.get((int) ((page + i) % (bytes / 4096) * 4096))).first();
                }
            });
        }
    }
}

record StoredRecord(long page, byte first) {}
