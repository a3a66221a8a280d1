package corpus.logwriter;

import corpus.Load;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/*
 * A journal is appended to all the time, and its tail read back by a follower: page cache grows with the file, the process does not.
 *
 * kind: other
 * verdicts: PageCache
 * signal: ContainerAnon
 * run: plain rate=150 size=12000 seconds=150 container=384m cgroup=yes around=fleet
 * run: noisy17 jdk=17 gc=Parallel rate=150 size=10000 seconds=150 container=352m cgroup=yes noise=0.8 hist=live/20
 */
public final class LogWriter {
    public static void main(String[] args) throws IOException {
        Load load = new Load(args);
        Path file = Files.createTempFile("heapwarden-corpus", ".journal");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            load.serve(n -> {
                JournalEntry entry = new JournalEntry(n, load.payload());
                long at = channel.size();
                channel.write(ByteBuffer.wrap(entry.bytes()), at);
                ByteBuffer back = ByteBuffer.allocate(entry.bytes().length);
                channel.read(back, at);
                channel.read(back.clear(), at);
            });
        }
    }
}

record JournalEntry(long number, byte[] bytes) {}
