package io.heapwarden.probe.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Leaves the body of an answer unread, however long it is: the status has said everything. */
final class UnreadBody implements BodySubscriber<Boolean> {

    @Override
    public CompletionStage<Boolean> getBody() {
        return CompletableFuture.completedStage(false);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.cancel();
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
}
