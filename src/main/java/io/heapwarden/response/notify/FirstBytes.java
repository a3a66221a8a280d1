package io.heapwarden.response.notify;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes the first bytes of an answer and lets go of the connection then, however much would follow. */
final class FirstBytes implements BodySubscriber<byte[]> {

    private final int cap;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> complete = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    FirstBytes(int cap) {
        this.cap = cap;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return complete;
    }

    @Override
    public void onSubscribe(Flow.Subscription offered) {
        subscription = offered;
        offered.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[Math.min(buffer.remaining(), cap - taken.size())];
            buffer.get(bytes);
            taken.write(bytes, 0, bytes.length);
        }
        if (taken.size() >= cap && !complete.isDone()) {
            onComplete();
            if (subscription != null) {
                subscription.cancel();
            }
        }
    }

    /** An answer that breaks off has said its status all the same. */
    @Override
    public void onError(Throwable failure) {
        onComplete();
    }

    @Override
    public void onComplete() {
        complete.complete(taken.toByteArray());
    }
}
