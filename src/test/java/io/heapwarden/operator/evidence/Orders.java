package io.heapwarden.operator.evidence;

import io.heapwarden.api.Evidence;
import io.heapwarden.evidence.Floor;
import io.heapwarden.evidence.Judgement;
import io.heapwarden.evidence.Subject;
import io.heapwarden.jvm.Collector;
import io.heapwarden.objective.Samples;
import io.heapwarden.probe.ChannelKind;
import io.heapwarden.probe.JvmIdentity;
import io.heapwarden.probe.JvmReading;
import io.heapwarden.probe.Route;
import io.heapwarden.probe.Target;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders for evidence of pods of one Deployment. */
final class Orders {

    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");

    private Orders() {}

    static EvidenceOrder of(String pod, String culprit) {
        return of(pod, culprit, Evidence.DEFAULT);
    }

    static EvidenceOrder of(String pod, String culprit, Evidence wish) {
        return of(pod, culprit, null, wish);
    }

    static EvidenceOrder ofFinding(String pod, String rule) {
        return of(pod, "com.shop.Order", rule, Evidence.DEFAULT);
    }

    private static EvidenceOrder of(String pod, String culprit, @Nullable String finding, Evidence wish) {
        return new EvidenceOrder(
                new Target("shop", pod, "uid-of-" + pod, "app", "containerd://" + pod),
                new Subject("shop", pod, "uid-of-" + pod, "app", "Deployment/checkout", "6c9", "node-1", "checkout:7"),
                "shop/checkout",
                List.of(ChannelKind.Exec),
                wish,
                new Judgement(
                        "Critical",
                        "RetentionLeak",
                        0.93,
                        List.of("the floor has risen for 2h"),
                        List.of(new Judgement.Culprit(culprit, "java.util.HashMap", 12_000, 3.5e6, 0.81)),
                        new Judgement.Exhaustion("HeapAfterGC", AT.plusSeconds(18_000), AT.plusSeconds(32_400))),
                finding,
                new Floor(
                        "HeapAfterGC",
                        List.of(new Floor.Point(AT.minusSeconds(7200), 100 << 20), new Floor.Point(AT, 200 << 20)),
                        256L << 20,
                        null),
                new JvmReading(
                        new JvmIdentity(7, AT.minusSeconds(9000), "17.0.15", Collector.G1, 1),
                        Samples.heap(AT, 200 << 20),
                        256L << 20,
                        512L << 20,
                        null,
                        null,
                        null,
                        "hsperfdata over exec",
                        null,
                        new Route(ChannelKind.Exec, List.of()),
                        null));
    }
}
