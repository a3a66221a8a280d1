package io.heapwarden.evaluation.baseline;

import static io.heapwarden.evaluation.HandMade.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.evaluation.HandMade;
import io.heapwarden.evaluation.Recording;
import io.heapwarden.growth.FixedHistogram;
import io.heapwarden.growth.Sample.HeapHistogram;
import io.heapwarden.jvm.ClassHistogram.Entry;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class GrewInEveryHistogramTest {

    private static final GrewInEveryHistogram ANY = new GrewInEveryHistogram(5, 0.5, false);
    private static final GrewInEveryHistogram OWN = new GrewInEveryHistogram(5, 0.5, true);

    /** A histogram with every second sample. */
    private static Recording histograms(LongFunction<List<Entry>> at) {
        return HandMade.recording(
                40,
                (sample, minute) -> minute % 2 == 1
                        ? sample
                        : sample.histogram(new HeapHistogram(true, new FixedHistogram(at.apply(minute)))));
    }

    private static Entry bytes(String name, long bytes) {
        return new Entry(name, 1, bytes);
    }

    @Test
    void alarmsAtTheFifthAndNamesTheMostBytesFirst() {
        Recording growing = histograms(minute -> List.of(
                bytes("byte[]", 100 * minute), bytes("com.shop.Order", 10 * minute), bytes("com.shop.Menu", 1000)));

        assertThat(ANY.over(growing).first()).isEqualTo(minute(10));
        assertThat(ANY.over(growing).classes()).containsExactly("byte[]", "com.shop.Order");
        assertThat(OWN.over(growing).classes()).containsExactly("com.shop.Order");
    }

    @Test
    void oneDipClearsAClassForGood() {
        Recording dip = histograms(minute -> List.of(bytes("com.shop.Order", minute == 8 ? 1 : 10 * minute)));
        Recording gone = histograms(minute -> minute == 8 ? List.of() : List.of(bytes("com.shop.Order", 10 * minute)));

        assertThat(ANY.over(dip).first()).isNull();
        assertThat(ANY.over(gone).first()).isNull();
    }

    @Test
    void wantsTheWholeGrowth() {
        Recording hardly = histograms(minute -> List.of(bytes("com.shop.Order", 1000 + minute)));

        assertThat(ANY.over(hardly).first()).isNull();
    }

    @Test
    void followsAClassFromWhereItAppears() {
        Recording later =
                histograms(minute -> minute < 20 ? List.of() : List.of(bytes("com.shop.Order", 10 * (minute - 10))));

        assertThat(ANY.over(later).first()).isEqualTo(minute(28));
    }
}
