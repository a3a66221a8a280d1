package io.heapwarden.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Whatever happens to bytes on their way here, the outcome is a refusal or a result that holds together. */
class DamagedInputTest {

    private static final List<Recording> RECORDINGS = recordings();

    /** One byte that is replaced, at a place given as a share of the whole. */
    record Flip(double place, byte value) {

        void applyTo(byte[] bytes) {
            bytes[(int) (place * bytes.length)] = value;
        }
    }

    @Property(tries = 3000)
    void aCutHistogramIsAlwaysRefused(@ForAll @IntRange(max = 9) int recording, @ForAll("shares") double place)
            throws IOException {
        byte[] whole = RECORDINGS.get(recording).classHistogram();
        byte[] cut = Arrays.copyOf(whole, (int) (place * whole.length));
        assertThatThrownBy(() -> new HistogramParser(new ClassNames()).parse(cut))
                .isInstanceOf(MalformedOutputException.class);
    }

    @Property(tries = 3000)
    void aHistogramWithWrongBytesIsRefusedOrAddsUp(
            @ForAll @IntRange(max = 9) int recording, @ForAll("flips") List<Flip> flips) throws IOException {
        byte[] text = RECORDINGS.get(recording).classHistogram();
        flips.forEach(flip -> flip.applyTo(text));
        try {
            assertAddsUp(new HistogramParser(new ClassNames()).parse(text));
        } catch (MalformedOutputException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(300);
        }
    }

    private static void assertAddsUp(ClassHistogram histogram) {
        Set<String> names = new HashSet<>();
        long[] sums = {0, 0};
        histogram.forEach(entry -> {
            assertThat(names.add(entry.className())).isTrue();
            assertThat(entry.instances()).isNotNegative();
            assertThat(entry.bytes()).isNotNegative();
            sums[0] += entry.instances();
            sums[1] += entry.bytes();
        });
        assertThat(names).hasSize(histogram.size());
        assertThat(sums).containsExactly(histogram.totalInstances(), histogram.totalBytes());
    }

    @Property(tries = 3000)
    void aCutPerfDataFileIsRefusedOrWholeInItsUsedPart(
            @ForAll @IntRange(max = 9) int recording, @ForAll("shares") double place) throws Exception {
        byte[] whole = RECORDINGS.get(recording).hsperfdata();
        byte[] cut = Arrays.copyOf(whole, (int) (place * whole.length));
        JvmCounters read = read(cut);
        if (read != null) {
            assertThat(read).isEqualTo(RECORDINGS.get(recording).counters());
        }
    }

    @Property(tries = 5000)
    void aPerfDataFileWithWrongBytesIsRefusedOrHoldsTogether(
            @ForAll @IntRange(max = 9) int recording, @ForAll("flips") List<Flip> flips) throws IOException {
        byte[] file = RECORDINGS.get(recording).hsperfdata();
        // Half of a file is unused: aim at the half that is not.
        flips.forEach(flip -> new Flip(flip.place() / 2, flip.value()).applyTo(file));
        JvmCounters read = read(file);
        if (read != null) {
            assertHoldsTogether(read);
        }
    }

    private static void assertHoldsTogether(JvmCounters counters) {
        HeapSizes heap = counters.heap();
        for (Long number : new Long[] {
            heap.used(),
            heap.afterGc(),
            heap.committed(),
            heap.max(),
            counters.metaspace().used(),
            counters.threads(),
            counters.classes().loaded(),
            counters.classes().unloaded(),
            counters.collections().young(),
            counters.collections().full(),
            counters.collections().activity(),
            counters.safepoints().count()
        }) {
            assertThat(number == null || number >= 0).isTrue();
        }
        if (heap.max() != null) {
            for (Long size : new Long[] {heap.used(), heap.afterGc(), heap.committed()}) {
                assertThat(size == null || size <= heap.max()).isTrue();
            }
        }
    }

    @Property(tries = 3000)
    void aHeapSummaryWithWrongBytesIsRefusedOrHoldsTogether(
            @ForAll @IntRange(max = 9) int recording, @ForAll("flips") List<Flip> flips) throws IOException {
        byte[] text = RECORDINGS.get(recording).heapInfo().getBytes(StandardCharsets.ISO_8859_1);
        flips.forEach(flip -> flip.applyTo(text));
        try {
            HeapInfo info = HeapInfo.parse(new String(text, StandardCharsets.ISO_8859_1));
            assertThat(info.used()).isNotNegative();
            assertThat(info.committed() == null || info.used() <= info.committed())
                    .isTrue();
            assertThat(info.max() == null || info.used() <= info.max()).isTrue();
        } catch (MalformedOutputException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static @Nullable JvmCounters read(byte[] file) {
        try {
            return JvmCounters.from(PerfData.parse(file));
        } catch (MalformedOutputException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(300);
            return null;
        }
    }

    @Provide
    Arbitrary<Double> shares() {
        return Arbitraries.doubles().between(0, true, 1, false);
    }

    /** One to four wrong bytes; digits are frequent, as they hurt most. */
    @Provide
    Arbitrary<List<Flip>> flips() {
        Arbitrary<Byte> values = Arbitraries.oneOf(
                Arbitraries.bytes(), Arbitraries.integers().between('0', '9').map(Integer::byteValue));
        return Combinators.combine(shares(), values)
                .as(Flip::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static List<Recording> recordings() {
        try {
            return Recording.all();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
