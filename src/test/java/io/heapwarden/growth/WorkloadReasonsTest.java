package io.heapwarden.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heapwarden.growth.WorkloadKnowledge.Regression;
import io.heapwarden.growth.WorkloadKnowledge.Siblings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WorkloadReasonsTest {

    private static final long MIB = 1L << 20;
    private static final Offset<Double> CLOSE = within(1e-9);
    private static final List<Culprit> ORDER = List.of(new Culprit("com.shop.Order", null, 1, 1, 0.9));

    @Test
    void nothingKnownSaysNothing() {
        assertThat(WorkloadReasons.of(WorkloadKnowledge.NONE, heapAt(100), ORDER))
                .isEmpty();
        assertThat(WorkloadReasons.weight(WorkloadKnowledge.NONE, heapAt(100), ORDER))
                .isZero();
    }

    @Test
    void namesTheClassThatLeakedBefore() {
        WorkloadKnowledge knowledge = leakedBefore("com.shop.Order");

        assertThat(WorkloadReasons.of(knowledge, heapAt(100), ORDER))
                .containsExactly("An earlier life of this workload leaked com.shop.Order as well.");
        assertThat(WorkloadReasons.weight(knowledge, heapAt(100), ORDER)).isEqualTo(3, CLOSE);
    }

    @Test
    void namesTheSignalWhereAnotherClassLeaked() {
        assertThat(WorkloadReasons.of(leakedBefore("com.shop.Cart"), heapAt(100), ORDER))
                .containsExactly("An earlier life of this workload leaked in heap after collection as well.");
    }

    @Test
    void countsSiblings() {
        assertThat(WorkloadReasons.of(siblings(4, 3), heapAt(100), ORDER))
                .containsExactly("3 of 4 siblings grow alike.");
        assertThat(WorkloadReasons.of(siblings(4, 1), heapAt(100), ORDER))
                .containsExactly("1 of 4 siblings grows alike.");
        assertThat(WorkloadReasons.of(siblings(4, 0), heapAt(100), ORDER))
                .containsExactly("None of 4 siblings grow alike.");
        assertThat(WorkloadReasons.weight(siblings(3, 2), heapAt(100), ORDER)).isEqualTo(1.5, CLOSE);
        assertThat(WorkloadReasons.weight(siblings(4, 1), heapAt(100), ORDER)).isZero();
        assertThat(WorkloadReasons.weight(siblings(4, 0), heapAt(100), ORDER)).isEqualTo(-2, CLOSE);
    }

    @Test
    void tellsWhatWasHeldInGoodHealth() {
        WorkloadKnowledge knowledge =
                new WorkloadKnowledge(Map.of(Signal.HeapAfterGC, 210.0 * MIB), Set.of(), Set.of(), null, null);

        assertThat(WorkloadReasons.of(knowledge, heapAt(252), ORDER))
                .containsExactly(
                        "The floor is still about what earlier lives of this workload held in good health (210.0 MiB).");
        assertThat(WorkloadReasons.weight(knowledge, heapAt(252), ORDER)).isEqualTo(-3, CLOSE);
        assertThat(WorkloadReasons.of(knowledge, heapAt(253), ORDER)).isEmpty();
        assertThat(WorkloadReasons.weight(knowledge, heapAt(253), ORDER)).isZero();
    }

    @Test
    void tellsARegressionAlsoWhileNothingIsSuspected() {
        WorkloadKnowledge knowledge = new WorkloadKnowledge(
                Map.of(),
                Set.of(),
                Set.of(),
                null,
                new Regression(Signal.HeapAfterGC, "7d4f", "6c9a", Duration.ofHours(2), 120.0 * MIB, 4.0 * MIB));

        assertThat(WorkloadReasons.of(knowledge, null, List.of()))
                .containsExactly(
                        "Revision 7d4f grows 120.0 MiB in heap after collection in its first 2 h, revision 6c9a grew"
                                + " 4.0 MiB at that age: a regression of this revision.");
        assertThat(WorkloadReasons.weight(knowledge, heapAt(100), ORDER)).isEqualTo(1, CLOSE);
    }

    private static WorkloadKnowledge leakedBefore(String culprit) {
        return new WorkloadKnowledge(Map.of(), Set.of(Signal.HeapAfterGC), Set.of(culprit), null, null);
    }

    private static WorkloadKnowledge siblings(int judged, int alike) {
        return new WorkloadKnowledge(Map.of(), Set.of(), Set.of(), new Siblings(judged, alike), null);
    }

    private static Growth heapAt(long mib) {
        Series series = new Series(Watched.Heap, new BucketClock(0, 60_000));
        return new Growth(
                series, mib * MIB, mib * MIB, 20 * MIB, 512 * MIB, 0.3, null, true, 3, true, true, false, null, null,
                null);
    }
}
