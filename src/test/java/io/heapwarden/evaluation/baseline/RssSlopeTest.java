package io.heapwarden.evaluation.baseline;

import static io.heapwarden.evaluation.HandMade.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.evaluation.HandMade;
import io.heapwarden.evaluation.Recording;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class RssSlopeTest {

    private final RssSlope rule = new RssSlope(2.58, 4);

    private static Recording rss(int minutes, LongUnaryOperator at) {
        return HandMade.recording(minutes, (sample, minute) -> sample.rss(at.applyAsLong(minute)));
    }

    @Test
    void alarmsAsSoonAsThereAreEnoughSamples() {
        Alarms alarms = rule.over(rss(60, minute -> 100 + 10 * minute));

        assertThat(alarms.first()).isEqualTo(minute(RssSlope.LEAST_SAMPLES));
        assertThat(alarms.atEnd()).isTrue();
    }

    @Test
    void isQuietWhenTheLimitIsBeyondTheHorizon() {
        assertThat(rule.over(rss(60, minute -> 100 + minute)).first()).isNull();
    }

    @Test
    void isQuietWithoutATrend() {
        assertThat(rule.over(rss(60, minute -> minute % 2 == 0 ? 100 : 900)).first())
                .isNull();
    }

    @Test
    void takesAnonymousMemoryWhereThereIsNoRss() {
        Recording anon = HandMade.recording(60, (sample, minute) -> sample.anon(100 + 10 * minute));

        assertThat(rule.over(anon).atEnd()).isTrue();
    }
}
