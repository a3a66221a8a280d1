package corpus.parkedvirtualthreads;

import corpus.Load;
import java.util.concurrent.CompletableFuture;

/*
 * A virtual thread for each call waits for an answer without a time-out; calls that are never answered keep their threads and stacks.
 *
 * kind: leak
 * verdicts: RetentionLeak, ThreadLeak
 * culprits: corpus.parkedvirtualthreads.RemoteCall, java.lang.VirtualThread, java.lang.ThreadBuilders$BoundVirtualThread, jdk.internal.vm.StackChunk
 * signal: HeapAfterGC
 * jdk: 25
 * run: plain rate=200 size=900 share=0.6
 * run: zgc gc=ZGC rate=200 size=900 share=0.7 heap=128m hist=all/10 around=bank
 */
public final class ParkedVirtualThreads {
    public static void main(String[] args) {
        Load load = new Load(args);
        double lost = load.number("share", 0.6);
        load.serve(n -> {
            RemoteCall call = new RemoteCall(n, load.payload());
            Thread.startVirtualThread(call);
            if (!load.chance(lost)) {
                call.answer.complete("done");
            }
        });
    }
}

final class RemoteCall implements Runnable {
    final CompletableFuture<String> answer = new CompletableFuture<>();
    private final long number;
    private final byte[] request;
    private int length;

    RemoteCall(long number, byte[] request) {
        this.number = number;
        this.request = request;
    }

    @Override
    public void run() {
        length = answer.join().length() + request.length + (int) number;
    }
}
