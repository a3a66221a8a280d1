package io.heapwarden.evidence.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.evidence.chain.ChainForecast.Allowed;
import io.heapwarden.evidence.chain.ChainForecast.Refused;
import io.heapwarden.evidence.chain.ChainQuestion.FlightRecorder;
import io.heapwarden.jvm.Collector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ChainForecastTest {

    private static final long MIB = 1 << 20;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static ChainQuestion question(
            Collector collector,
            @Nullable Integer version,
            FlightRecorder recorder,
            @Nullable Long stack,
            @Nullable Long free,
            Duration maxPause,
            @Nullable Duration probe) {
        return new ChainQuestion(collector, version, recorder, 2048 * MIB, 1024 * MIB, stack, free, maxPause, probe);
    }

    private static ChainQuestion paused(Duration maxPause, @Nullable Duration probe) {
        return question(Collector.G1, 17, FlightRecorder.Unknown, null, null, maxPause, probe);
    }

    @Test
    void searchesAsLongAsItMay() {
        assertThat(ChainForecast.of(paused(SECOND, null)))
                .isEqualTo(new Allowed(Duration.ofMillis(500), Duration.ofMillis(900), 187_065_958));
        assertThat(ChainForecast.of(paused(Duration.ofMillis(600), null)))
                .isInstanceOfSatisfying(Allowed.class, allowed -> {
                    assertThat(allowed.cutoff()).isEqualTo(Duration.ofMillis(200));
                    assertThat(allowed.predictedPause()).isEqualTo(Duration.ofMillis(600));
                });
        assertThat(ChainForecast.of(paused(SECOND, Duration.ofMillis(701))))
                .isInstanceOfSatisfying(
                        Allowed.class, allowed -> assertThat(allowed.cutoff()).isEqualTo(Duration.ofMillis(300)));
    }

    @Test
    void refusesAPauseThatIsTooLong() {
        assertThat(ChainForecast.of(paused(Duration.ofMillis(499), null)))
                .isEqualTo(
                        new Refused(
                                ChainRefusal.PauseTooLong,
                                "the shortest search could stop the application for 500 ms, and at most 499 ms are allowed. Raise maxPause"));
        assertThat(ChainForecast.of(paused(SECOND, Duration.ofMillis(500))))
                .isEqualTo(
                        new Refused(
                                ChainRefusal.PauseTooLong,
                                "the shortest search could stop the application for 500 ms, and the container's tightest liveness or readiness probe has a time-out of 500 ms. Raise that time-out"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Collector.class,
            mode = Mode.EXCLUDE,
            names = {"G1", "Parallel", "Serial"})
    void refusesCollectorsWithWhichTheSearchIsBroken(Collector collector) {
        assertThat(reason(question(collector, 21, FlightRecorder.Idle, null, null, SECOND, null)))
                .isEqualTo(ChainRefusal.CollectorNotSupported);
    }

    @ParameterizedTest
    @EnumSource(
            value = Collector.class,
            names = {"G1", "Parallel", "Serial"})
    void allowsTheOthers(Collector collector) {
        assertThat(ChainForecast.of(question(collector, 21, FlightRecorder.Ours, null, null, SECOND, SECOND)))
                .isInstanceOf(Allowed.class);
    }

    @Test
    void refusesWhatCannotRecordOneEventOnly() {
        assertThat(reason(question(Collector.G1, 11, FlightRecorder.Idle, null, null, SECOND, null)))
                .isEqualTo(ChainRefusal.VersionNotSupported);
        assertThat(reason(question(Collector.G1, null, FlightRecorder.Idle, null, null, SECOND, null)))
                .isEqualTo(ChainRefusal.VersionNotSupported);
        assertThat(reason(question(Collector.G1, 17, FlightRecorder.Absent, null, null, SECOND, null)))
                .isEqualTo(ChainRefusal.NoFlightRecorder);
        assertThat(reason(question(Collector.G1, 17, FlightRecorder.Others, null, null, SECOND, null)))
                .isEqualTo(ChainRefusal.OtherRecording);
    }

    @Test
    void refusesAStackThatASearchCouldOverflow() {
        assertThat(reason(question(Collector.G1, 17, FlightRecorder.Idle, 512L << 10, null, SECOND, null)))
                .isEqualTo(ChainRefusal.StackTooSmall);
        assertThat(ChainForecast.of(question(Collector.G1, 17, FlightRecorder.Idle, MIB, null, SECOND, null)))
                .isInstanceOf(Allowed.class);
    }

    @Test
    void refusesWhereTooLittleMemoryIsFree() {
        assertThat(ChainForecast.of(question(Collector.G1, 17, FlightRecorder.Idle, null, 100 * MIB, SECOND, null)))
                .isEqualTo(
                        new Refused(
                                ChainRefusal.NotEnoughHeadroom,
                                "100 MiB are free under the container's memory limit and the search may need 178. Raise the limit by 79 MiB"));
        assertThat(ChainForecast.of(question(Collector.G1, 17, FlightRecorder.Idle, null, 200 * MIB, SECOND, null)))
                .isInstanceOf(Allowed.class);
    }

    @Test
    void memoryIsNeverBelowWhatWasMeasured() {
        ChainQuestion small =
                new ChainQuestion(Collector.Serial, 25, FlightRecorder.Idle, 64 * MIB, MIB, null, null, SECOND, null);
        assertThat(ChainForecast.of(small))
                .isInstanceOfSatisfying(Allowed.class, allowed -> assertThat(allowed.predictedMemory())
                        .isEqualTo(ChainForecast.LEAST_HEADROOM));
    }

    private static ChainRefusal reason(ChainQuestion question) {
        return ((Refused) ChainForecast.of(question)).reason();
    }
}
