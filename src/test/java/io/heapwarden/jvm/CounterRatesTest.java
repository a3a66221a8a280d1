package io.heapwarden.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heapwarden.jvm.CounterRates.Allocation;
import io.heapwarden.jvm.CounterRates.Reading;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CounterRatesTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long MIB = 1 << 20;

    @Test
    void withoutACollectionAllocationIsWhatEdenGained() throws Exception {
        CounterRates rates = rates(serial(0, MIB, 10 * MIB, true), serial(0, 7 * MIB, 10 * MIB, true));

        assertThat(rates.allocation()).isEqualTo(new Allocation(0.6 * MIB, 0.6 * MIB, 0.6 * MIB));
        assertThat(rates.gcPauseShare()).isZero();
        assertThat(rates.collectionsPerMinute()).isZero();
    }

    @Test
    void eachCollectionIsAnEdenFull() throws Exception {
        CounterRates rates = rates(serial(3, 4 * MIB, 10 * MIB, true), serial(6, MIB, 10 * MIB, true));

        assertThat(Objects.requireNonNull(rates.allocation()).bytesPerSecond())
                .isEqualTo((6 + 2 * 10 + 1) * MIB / 10.0);
        assertThat(rates.collectionsPerMinute()).isEqualTo(18);
    }

    @Test
    void whereEdenIsNotKeptUpThereIsOneEdenOfDoubt() throws Exception {
        Allocation allocation =
                Objects.requireNonNull(rates(serial(3, 0, 10 * MIB, false), serial(6, 0, 10 * MIB, false))
                        .allocation());

        assertThat(allocation).isEqualTo(new Allocation(3.0 * MIB, 2.0 * MIB, 4.0 * MIB));
        assertThat(rates(serial(3, 0, 10 * MIB, false), serial(3, 0, 10 * MIB, false))
                        .allocation())
                .isNull();
    }

    @Test
    void sharesAreOfTheTimeBetween() throws Exception {
        CounterRates rates = rates(
                serial(1, 0, MIB, true).with("sun.gc.collector.0.time", 1_000).with("sun.rt.safepointTime", 1_500),
                serial(2, 0, MIB, true).with("sun.gc.collector.0.time", 3_000).with("sun.rt.safepointTime", 4_500));

        assertThat(rates.gcPauseShare()).isCloseTo(0.2, within(1e-9));
        assertThat(rates.stoppedShare()).isCloseTo(0.3, within(1e-9));
    }

    @Test
    void countersOfAnotherJvmAreNotCompared() throws Exception {
        JvmCounters before = counters(serial(5, 0, MIB, true));
        JvmCounters after = counters(serial(4, 0, MIB, true));

        assertThat(CounterRates.between(new Reading(START, before), new Reading(START.plusSeconds(1), after)))
                .isNull();
        assertThat(CounterRates.between(new Reading(START, before), new Reading(START, before)))
                .isNull();
    }

    private static CounterRates rates(PerfDataFile before, PerfDataFile after) throws MalformedOutputException {
        return Objects.requireNonNull(CounterRates.between(
                new Reading(START, counters(before)), new Reading(START.plusSeconds(10), counters(after))));
    }

    private static PerfDataFile serial(long collections, long used, long capacity, boolean live) {
        PerfDataFile file = PerfDataFile.littleEndian()
                .with("sun.gc.policy.name", "Copy:MSC")
                .with("sun.os.hrt.frequency", 1_000)
                .with("sun.gc.collector.0.invocations", collections)
                .with("sun.gc.collector.1.invocations", 0)
                .with("sun.gc.collector.1.time", 0)
                .with("sun.gc.generation.0.space.0.used", used)
                .with("sun.gc.generation.0.space.0.capacity", capacity);
        return live ? file.with("sun.os.hrt.ticks", 5) : file;
    }

    private static JvmCounters counters(PerfDataFile file) throws MalformedOutputException {
        return JvmCounters.from(PerfData.parse(file.bytes()));
    }
}
