package io.heapwarden.response.notify;

import io.heapwarden.growth.Signal;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.time.MovableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** Notices as a shop's pods give rise to them. */
final class Notices {

    static final Instant SINCE = MovableClock.START.minus(Duration.ofMinutes(5));

    private Notices() {}

    static Subject pod(String name) {
        return Subject.container("shop", name, "app", "Deployment/checkout", "jvms");
    }

    static Notice of(NoticeKind kind, String pod) {
        return Notice.of(kind, pod(pod), kind.title() + " in " + pod, SINCE);
    }

    static Notice leak(String pod) {
        return leak(pod, SINCE);
    }

    static Notice leak(String pod, Instant since) {
        return Notice.of(NoticeKind.LeakConfirmed, pod(pod), "Map<String, Order> & more grow 12 MiB an hour.", since)
                .withJudgement(
                        State.Leaking,
                        Verdict.RetentionLeak,
                        "com.shop.Order",
                        new ExhaustionWindow(
                                since.plus(Duration.ofHours(2)), since.plus(Duration.ofHours(3)), Signal.HeapAfterGC))
                .withLinks(new Links("checkout-report", null, URI.create("https://wiki.example/leaks?a=1&b=2")));
    }
}
