package io.heapwarden.evaluation.baseline;

import static io.heapwarden.evaluation.HandMade.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.evaluation.HandMade;
import org.junit.jupiter.api.Test;

class UsedHeapThresholdTest {

    private final UsedHeapThreshold rule = new UsedHeapThreshold(0.85, 3);

    @Test
    void alarmsAtTheThirdSampleInARow() {
        Alarms alarms = rule.over(HandMade.heap(30, minute -> minute < 20 ? 100 : 850));

        assertThat(alarms.first()).isEqualTo(minute(22));
        assertThat(alarms.atEnd()).isTrue();
    }

    @Test
    void isQuietWhenASampleBetweenIsBelow() {
        Alarms alarms = rule.over(HandMade.heap(30, minute -> minute % 3 == 0 ? 849 : 1000));

        assertThat(alarms.first()).isNull();
    }

    @Test
    void endsWhenTheHeapIsEmptied() {
        Alarms alarms = rule.over(HandMade.heap(30, minute -> minute < 20 ? 900 : 100));

        assertThat(alarms.first()).isEqualTo(minute(3));
        assertThat(alarms.atEnd()).isFalse();
    }
}
