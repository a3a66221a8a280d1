package io.heapwarden.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.Sample;
import io.heapwarden.growth.Sample.GcCount;
import io.heapwarden.growth.Signal;
import io.heapwarden.jvm.ClassHistogram.Entry;
import java.time.Instant;
import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SignalValueTest {

    private static final Instant BEFORE = Instant.parse("2026-11-23T12:00:00Z");
    private static final Set<Signal> WITHOUT_COUNTER = EnumSet.of(Signal.ClassLoaders, Signal.AllocationRate);

    @ParameterizedTest
    @EnumSource
    void everySignalThatASampleCarriesIsRead(Signal signal) {
        Sample full = Sample.at(BEFORE.plusSeconds(60))
                .heapUsed(100L)
                .heapAfterGc(80L)
                .heapCommitted(200L)
                .metaspace(30L)
                .classesLoaded(5_000L)
                .classesUnloaded(10L)
                .threads(20L)
                .direct(7L)
                .anon(400L)
                .gc(new GcCount(3, 1, 6.5))
                .histogram(Samples.histogram(new Entry("com.shop.Order", 3, 96)))
                .build();

        OptionalDouble value = new SignalValue(BEFORE, 0.5).of(full, signal, "com.shop.Order");

        assertThat(value.isPresent()).isEqualTo(!WITHOUT_COUNTER.contains(signal));
        assertThat(new SignalValue(BEFORE, 0.5).of(Samples.nothing(BEFORE.plusSeconds(60)), signal, "com.shop.Order"))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} s before, {1} s now: {2}")
    @CsvSource({"0.5,6.5,0.1", "6.5,6.5,0", "6.5,0.5,", ",6.5,"})
    void timeInCollectionsIsAShareOfTheTimeSinceTheLastSample(
            @Nullable Double before, double now, @Nullable Double share) {
        Sample sample =
                Sample.at(BEFORE.plusSeconds(60)).gc(new GcCount(3, 1, now)).build();

        OptionalDouble value = new SignalValue(BEFORE, before).of(sample, Signal.GcTime, null);

        assertThat(value).isEqualTo(share == null ? OptionalDouble.empty() : OptionalDouble.of(share));
    }
}
