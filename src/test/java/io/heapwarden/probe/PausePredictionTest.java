package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.jvm.Collector;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PausePredictionTest {

    /** Each measured on two slow cores; docs/probing.md says how. */
    @ParameterizedTest
    @CsvSource({
        "G1, 239, false, 127",
        "G1, 934, false, 388",
        "G1, 995, false, 489",
        "G1, 3666, false, 1492",
        "G1, 239, true, 339",
        "G1, 934, true, 1167",
        "G1, 3666, true, 8923",
        "Parallel, 1030, false, 369",
        "Parallel, 1030, true, 1229",
        "Serial, 1020, false, 448",
        "Serial, 1020, true, 2298",
        "ZGC, 562, false, 1597",
        "ZGC, 564, false, 2013",
        "ZGC, 67, false, 240",
        "Shenandoah, 91, false, 315",
        "Shenandoah, 91, true, 331",
        "G1, 60, false, 44",
        "G1, 60, true, 119"
    })
    void isAtLeastWhatWasMeasuredAndAtMostFourTimes(Collector collector, long mebibytes, boolean live, long millis) {
        Duration predicted = PausePrediction.of(collector, mebibytes << 20, live);

        assertThat(predicted.toMillis()).isBetween(millis, 4 * millis + 50);
    }
}
