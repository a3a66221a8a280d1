package io.heapwarden.response.notify;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what is counted. */
final class Counted implements DeliveryMetrics {

    final AtomicInteger delivered = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final List<LossReason> lost = new CopyOnWriteArrayList<>();

    @Override
    public void delivered(String receiver) {
        delivered.incrementAndGet();
    }

    @Override
    public void attemptFailed(String receiver) {
        failed.incrementAndGet();
    }

    @Override
    public void lost(String receiver, LossReason reason) {
        lost.add(reason);
    }
}
