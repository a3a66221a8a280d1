package io.heapwarden.evidence.chain;

import static io.heapwarden.evidence.chain.Chains.MAIN;
import static io.heapwarden.evidence.chain.Chains.element;
import static io.heapwarden.evidence.chain.Chains.field;
import static io.heapwarden.evidence.chain.Chains.sample;
import static io.heapwarden.evidence.chain.Chains.sized;
import static io.heapwarden.evidence.chain.Chains.statics;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.evidence.chain.OldObjectSample.Link;
import io.heapwarden.evidence.chain.OldObjectSample.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChainChooserTest {

    private static final String MAP = "java.util.HashMap";
    private static final Link[] NONE = {};

    private static OldObjectSample quote(int index, int nodes) {
        List<Link> links = new ArrayList<>(List.of(
                statics("com.shop.OrderService", "INSTANCE"),
                field("com.shop.OrderService", "cache"),
                field("com.shop.QuoteCache", "quotes"),
                sized(MAP, "table", 7_800_000),
                element(MAP + "$Node[]", index, 1 << 23)));
        for (int i = 0; i < nodes; i++) {
            links.add(field(MAP + "$Node", "next"));
        }
        links.add(field(MAP + "$Node", "value"));
        links.add(field("com.shop.Quote", "body"));
        return sample("byte[]", MAIN, links.toArray(NONE));
    }

    private static OldObjectSample buffer() {
        return sample(
                "byte[]",
                MAIN,
                statics("com.shop.Buffers", "ALL"),
                sized("java.util.ArrayList", "elementData", 12),
                element("java.lang.Object[]", 3, 16));
    }

    @Test
    void whatIsHeldInOneWayIsOneChain() {
        HoldingChains chains = new ChainChooser(List.of("com.shop.Quote"), Map.of())
                .choose(List.of(buffer(), buffer(), buffer(), quote(1, 0), quote(77, 3)), 5);
        assertThat(chains.best()).isNotNull();
        assertThat(chains.best().samples()).isEqualTo(2);
        assertThat(chains.best().namesCulprit()).isTrue();
        assertThat(chains.best().line())
                .isEqualTo("static OrderService.INSTANCE → cache → quotes (HashMap, 7.8 M entries) → Quote.body");
        assertThat(chains.best().sentence())
                .isEqualTo(
                        "byte[] in com.shop.Quote.body is held by the static field com.shop.OrderService.INSTANCE. Look at"
                                + " com.shop.QuoteCache.quotes (HashMap, 7.8 M entries): give it a bound or an expiry. Allocated in"
                                + " com.shop.Orders.add:20.");
        assertThat(chains.others()).extracting(Chain::samples).containsExactly(3);
        assertThat(chains.others().getFirst().namesCulprit()).isFalse();
    }

    @Test
    void withoutCulpritsTheMostFrequentIsBest() {
        HoldingChains chains =
                new ChainChooser(List.of(), Map.of()).choose(List.of(quote(1, 0), buffer(), buffer()), 0);
        assertThat(chains.best()).isNotNull();
        assertThat(chains.best().line()).isEqualTo("static Buffers.ALL (ArrayList, 12 entries) → byte[]");
        assertThat(chains.others()).isEmpty();
    }

    @Test
    void countsThatOnlyAHistogramHasAreSaidToBeOfTheWholeHeap() {
        OldObjectSample queued = sample(
                "com.shop.Mail",
                MAIN,
                statics("com.shop.Sender", "work"),
                field("java.util.concurrent.LinkedBlockingQueue", "head"),
                field("java.util.concurrent.LinkedBlockingQueue$Node", "item"));
        HoldingChains chains = new ChainChooser(
                        List.of(), Map.of("java.util.concurrent.LinkedBlockingQueue$Node", 7_812_345L))
                .choose(List.of(queued), 0);
        assertThat(chains.best()).isNotNull();
        assertThat(chains.best().line())
                .isEqualTo(
                        "static Sender.work (LinkedBlockingQueue, 7.8 M LinkedBlockingQueue$Node in the whole heap) → Mail");
    }

    @Test
    void whatTheRecordingItselfHoldsIsLeftOut() {
        Root attach = new Root("Threads", "Handle Area", "Thread Name: Attach Listener");
        HoldingChains chains = new ChainChooser(List.of(), Map.of())
                .choose(
                        List.of(
                                sample("java.lang.String", attach),
                                sample("jdk.jfr.Recording", MAIN, statics("a.B", "c"))),
                        3);
        assertThat(chains).isEqualTo(new HoldingChains(null, List.of(), 0, 0));
    }

    @Test
    void samplesWithoutAChainAreCounted() {
        OldObjectSample lost = new OldObjectSample(
                "byte[]", 8, java.time.Instant.EPOCH, java.time.Duration.ZERO, 0, List.of(), List.of(), null);
        assertThat(new ChainChooser(List.of(), Map.of()).choose(List.of(lost, lost, buffer()), 1))
                .satisfies(chains -> assertThat(chains.samples()).isEqualTo(3))
                .satisfies(chains -> assertThat(chains.withoutChain()).isEqualTo(2));
    }
}
