package corpus.arenasnotclosed;

import corpus.Load;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/*
 * Native frames live in shared arenas that somebody has to close, and nobody does for frames that were dropped.
 *
 * kind: leak
 * verdicts: NativeGrowth, DirectBufferLeak
 * culprits: corpus.arenasnotclosed.VideoFrame, jdk.internal.foreign.NativeMemorySegmentImpl, jdk.internal.foreign.ArenaImpl, jdk.internal.foreign.SharedSession
 * signal: ContainerAnon
 * jdk: 25
 * run: plain rate=100 size=40000 share=0.25 container=256m
 * run: noisy rate=100 size=40000 share=0.25 container=280m noise=0.7 around=bank hist=all/10 gc=Parallel
 */
public final class ArenasNotClosed {
    private static final List<VideoFrame> DROPPED = new ArrayList<>();

    public static void main(String[] args) {
        Load load = new Load(args);
        double share = load.number("share", 0.25);
        load.serve(n -> {
            Arena arena = Arena.ofShared();
            VideoFrame frame = new VideoFrame(n, arena.allocate(load.size).fill((byte) n));
            if (load.chance(share)) {
                DROPPED.add(frame);
            } else {
                arena.close();
            }
        });
    }
}

record VideoFrame(long number, MemorySegment pixels) {}
