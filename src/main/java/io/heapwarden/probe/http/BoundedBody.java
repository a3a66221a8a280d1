package io.heapwarden.probe.http;

import io.heapwarden.jvm.MalformedOutputException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Hands a body on up to a cap. At the cap, at the first byte that is not as it should be, or when told to, it lets go of the connection. */
final class BoundedBody implements BodySubscriber<Boolean> {

    /** The body was longer than the cap. */
    static final class TooLongException extends Exception {
        TooLongException(long cap) {
            super("the answer is longer than " + cap + " bytes");
        }
    }

    private final BodySink sink;
    private final long cap;
    private final CompletableFuture<Boolean> complete = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean begun;
    private long taken;

    BoundedBody(BodySink sink, long cap) {
        this.sink = sink;
        this.cap = cap;
    }

    @Override
    public CompletionStage<Boolean> getBody() {
        return complete;
    }

    @Override
    public void onSubscribe(Flow.Subscription offered) {
        if (subscription != null || complete.isDone()) {
            offered.cancel();
            return;
        }
        subscription = offered;
        offered.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (complete.isDone()) {
            return;
        }
        begun = true;
        try {
            for (ByteBuffer buffer : buffers) {
                taken += buffer.remaining();
                if (taken > cap) {
                    throw new TooLongException(cap);
                }
                sink.accept(buffer);
            }
        } catch (MalformedOutputException | TooLongException | RuntimeException refused) {
            giveUp(refused);
        }
    }

    @Override
    public void onError(Throwable failure) {
        complete.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        complete.complete(true);
    }

    /** Whether some of the body has come in. */
    boolean begun() {
        return begun;
    }

    /** Lets go of the connection. */
    void giveUp(Throwable reason) {
        complete.completeExceptionally(reason);
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }
}
