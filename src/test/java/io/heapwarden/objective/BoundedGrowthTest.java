package io.heapwarden.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Signal;
import io.heapwarden.growth.State;
import io.heapwarden.jvm.ClassHistogram.Entry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoundedGrowthTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final long MIB = 1 << 20;

    @Test
    void growthUpToTheBoundIsGoodAndBeyondItBad() {
        ObjectiveTracker tracker = bounded(Signal.HeapAfterGC, null, 10 * MIB);
        for (int minute = 0; minute < 60; minute++) {
            see(tracker, Samples.heap(at(minute), minute * MIB));
        }

        // Slots of five minutes: from the third on there is growth, 5 MiB a slot, and from the fourth on it is too
        // much.
        Compliance compliance = tracker.compliance(at(59));
        assertThat(compliance.missing()).isEqualTo(Duration.ofMinutes(9));
        assertThat(compliance.good()).isEqualTo(Duration.ofMinutes(10));
        assertThat(compliance.bad()).isEqualTo(Duration.ofMinutes(40));
    }

    @Test
    void aSpikeIsNoGrowth() {
        ObjectiveTracker tracker = bounded(Signal.HeapAfterGC, null, 10 * MIB);
        for (int minute = 0; minute < 60; minute++) {
            see(tracker, Samples.heap(at(minute), minute % 5 == 3 ? 200 * MIB : 20 * MIB));
        }

        assertThat(tracker.compliance(at(59)).compliance()).isEqualTo(1.0);
    }

    @Test
    void aWarmingUpContainerIsMissingWhateverItGrows() {
        ObjectiveTracker tracker = bounded(Signal.HeapAfterGC, null, MIB);
        for (int minute = 0; minute < 60; minute++) {
            tracker.observe(Samples.heap(at(minute), minute * MIB), Assessments.of(State.WarmingUp));
        }

        assertThat(tracker.compliance(at(59)).compliance()).isNull();
        assertThat(tracker.compliance(at(59)).missing()).isEqualTo(Duration.ofMinutes(59));
    }

    @Test
    void aSignalThatIsNotThereIsMissing() {
        ObjectiveTracker tracker = bounded(Signal.DirectBuffers, null, MIB);
        for (int minute = 0; minute < 60; minute++) {
            see(tracker, Samples.heap(at(minute), minute * MIB));
        }

        assertThat(tracker.compliance(at(59)).compliance()).isNull();
    }

    @Test
    void aClassIsCountedInInstancesWhereHistogramsWereTaken() {
        ObjectiveTracker orders = bounded(Signal.ClassInstances, "com.shop.Order", 100);
        ObjectiveTracker carts = bounded(Signal.ClassInstances, "com.shop.Cart", 100);
        ObjectiveTracker unheardOf = bounded(Signal.ClassInstances, "com.shop.Ordre", 100);
        for (int minute = 0; minute < 60; minute++) {
            Sample sample = Samples.heap(at(minute), 1);
            Sample seen = minute % 5 != 0
                    ? sample
                    : sample.with(Samples.histogram(
                            new Entry("com.shop.Order", 40L * minute, 64L),
                            new Entry("com.shop.Cart", 7, 64L * minute)));
            see(orders, seen);
            see(carts, seen);
            see(unheardOf, seen);
        }

        assertThat(orders.compliance(at(59)).met()).isFalse();
        assertThat(carts.compliance(at(59)).compliance()).isEqualTo(1.0);
        assertThat(unheardOf.compliance(at(59)).compliance()).isNull();
    }

    @Test
    void aClassIsCountedInBytes() {
        ObjectiveTracker arrays = bounded(Signal.ClassBytes, "byte[]", 10 * MIB);
        for (int minute = 0; minute < 60; minute++) {
            see(arrays, Samples.heap(at(minute), 1).with(Samples.histogram(new Entry("byte[]", 1, minute * MIB))));
        }

        assertThat(arrays.compliance(at(59)).met()).isFalse();
    }

    @Test
    void heapInUseStandsInWhereNothingIsKnownOfTheTimeAfterCollections() {
        ObjectiveTracker tracker = bounded(Signal.HeapAfterGC, null, 10 * MIB);
        for (int minute = 0; minute < 60; minute++) {
            Sample full = Samples.heap(at(minute), minute * MIB);
            see(tracker, Sample.at(full.at()).heapUsed(full.heapUsed()).build());
        }

        assertThat(tracker.compliance(at(59)).met()).isFalse();
    }

    private static ObjectiveTracker bounded(Signal signal, @Nullable String className, double maxGrowth) {
        return new ObjectiveTracker(
                new GrowthObjective(
                        "growth",
                        new Criterion.BoundedGrowth(signal, className, maxGrowth, Duration.ofHours(1)),
                        0.99,
                        Duration.ofDays(30)),
                Duration.ofMinutes(1));
    }

    private static void see(ObjectiveTracker tracker, Sample sample) {
        tracker.observe(sample, Assessments.of(State.Healthy));
    }

    private static Instant at(int minute) {
        return START.plusSeconds(60L * minute);
    }
}
