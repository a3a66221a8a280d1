package io.heapwarden.evaluation.baseline;

import static io.heapwarden.evaluation.HandMade.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.evaluation.HandMade;
import io.heapwarden.evaluation.Recording;
import org.junit.jupiter.api.Test;

class LinearPredictionTest {

    /** The line reaches 1000 at minute 91; with as long ahead as behind it does so from about minute 46 on. */
    @Test
    void alarmsWhenTheLineReachesTheLimitInTime() {
        Alarms alarms = new LinearPrediction(1, 1, 1).over(HandMade.heap(80, minute -> 90 + 10 * minute));

        assertThat(alarms.first()).isEqualTo(minute(46));
        assertThat(alarms.atEnd()).isTrue();
    }

    @Test
    void waitsForSoManySamplesInARow() {
        Alarms alarms = new LinearPrediction(1, 1, 5).over(HandMade.heap(80, minute -> 90 + 10 * minute));

        assertThat(alarms.first()).isEqualTo(minute(50));
    }

    @Test
    void forgetsWhatLiesBeforeTheWindow() {
        Recording filled = HandMade.heap(80, minute -> Math.min(550, 10 * minute));

        assertThat(new LinearPrediction(1, 1, 1).over(filled).atEnd()).isTrue();
        assertThat(new LinearPrediction(0.25, 1, 1).over(filled).atEnd()).isFalse();
    }

    @Test
    void prefersHeapAfterCollections() {
        Recording flat = HandMade.recording(
                80, (sample, minute) -> sample.heapUsed(90 + 10 * minute).heapAfterGc(100L));

        assertThat(new LinearPrediction(1, 4, 1).over(flat).first()).isNull();
    }
}
