package corpus.filereader;

import corpus.Load;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/*
 * A large file is read over and over: the kernel keeps its pages, charges them to the container and gives them back when memory is short.
 *
 * kind: other
 * verdicts: PageCache
 * signal: ContainerAnon
 * run: plain rate=150 megabytes=220 passes=5 seconds=150 container=320m cgroup=yes
 * run: jdk17 jdk=17 gc=Serial rate=150 megabytes=260 passes=4 seconds=160 container=384m cgroup=yes around=bank hist=all/10
 */
public final class FileReader {
    public static void main(String[] args) throws IOException {
        Load load = new Load(args);
        long bytes = (long) load.number("megabytes", 220) << 20;
        long chunk = (long) (bytes * load.number("passes", 5) / (load.number("seconds", 150) * load.number("rate", 150)));
        Path file = Files.createTempFile("heapwarden-corpus", ".data");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            ByteBuffer block = ByteBuffer.allocate((int) chunk);
            load.serve(n -> {
                long at = n * chunk % bytes;
                block.clear();
                if (n * chunk < bytes) {
                    channel.write(block, at);
                } else {
                    channel.read(block, at);
                    new Extract(at, block.array().clone()).sum();
                }
            });
        }
    }
}

record Extract(long at, byte[] bytes) {
    int sum() {
        return bytes.length + bytes[0];
    }
}
