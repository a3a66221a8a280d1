package io.heapwarden.growth;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.Sample.HeapHistogram;
import io.heapwarden.jvm.ClassHistogram.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassGrowthTest {

    private final ClassGrowth growth = new ClassGrowth();
    private long at;

    @Test
    void ofOneUnitTheClassOfMostBytesComesFirstWithWhatItBringsAlong() {
        for (int i = 0; i < 4; i++) {
            observe(
                    false,
                    entry("com.shop.Tag", 2000 + 2000 * i, 16),
                    entry("com.shop.Order", 1000 + 1000 * i, 40),
                    entry("com.shop.OrderKey", 1000 + 1000 * i, 24),
                    entry("java.util.concurrent.ConcurrentHashMap$Node", 1000 + 1000 * i, 32),
                    entry("com.shop.Steady", 700, 400));
        }
        double heapSlope = (2000 * 16 + 1000 * (40 + 24 + 32)) / 10_000.0;

        Explanation explanation = Explanation.of(growth, heapSlope);

        Culprit first = explanation.culprits().getFirst();
        assertThat(first.className()).isEqualTo("com.shop.Order");
        assertThat(first.heldBy()).isEqualTo("java.util.concurrent.ConcurrentHashMap");
        assertThat(first.unitsPerHour()).isEqualTo(360_000);
        assertThat(explanation.share()).isEqualTo(1);
        assertThat(explanation.steps()).isEqualTo(3);
        assertThat(explanation.ownClass()).isTrue();
        assertThat(explanation.culprits()).extracting(Culprit::className).doesNotContain("com.shop.Steady", "byte[]");
    }

    @Test
    void aSmallLeakingClassAmongHundredsIsComeAcross() {
        for (int i = 0; i < 60; i++) {
            List<Entry> entries = new ArrayList<>();
            for (int other = 0; other < 300; other++) {
                entries.add(entry("com.shop.Other" + other, 1000, 100));
            }
            entries.add(entry("com.shop.Small", 10L + i, 24));
            observe(true, entries.toArray(Entry[]::new));
        }

        assertThat(Explanation.of(growth, 0).culprits().getFirst().className()).isEqualTo("com.shop.Small");
        assertThat(growth.checkpoint().classes()).hasSizeLessThanOrEqualTo(ClassGrowth.CLASSES_KEPT);
    }

    @Test
    void histogramsWithAndWithoutGarbageAreNeverMixed() {
        observe(false, entry("com.shop.Order", 1000, 40));
        observe(false, entry("com.shop.Order", 2000, 40));
        observe(true, entry("com.shop.Order", 3000, 40));

        assertThat(growth.histograms()).isEqualTo(1);
        assertThat(Explanation.of(growth, 1).culprits()).isEmpty();
    }

    @Test
    void aClassThatIsGoneHasNoInstances() {
        for (int i = 0; i < 3; i++) {
            observe(true, entry("com.shop.Order", 1000 + 1000 * i, 40));
        }
        observe(true, entry("com.shop.Other", 1, 16));

        assertThat(Explanation.of(growth, 1).culprits()).isEmpty();
    }

    @Test
    void fillerOfTheCollectorIsNobodys() {
        for (int i = 0; i < 4; i++) {
            observe(true, entry("jdk.internal.vm.FillerElement[]", 10 + 10 * i, 100_000));
        }

        assertThat(Explanation.of(growth, 1).culprits()).isEmpty();
    }

    private void observe(boolean live, Entry... entries) {
        at += 10_000;
        growth.observe(at, new HeapHistogram(live, new FixedHistogram(List.of(entries))));
    }

    private static Entry entry(String name, long instances, long size) {
        return new Entry(name, instances, instances * size);
    }
}
