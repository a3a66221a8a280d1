package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.api.Sampling.Histogram.When;
import io.heapwarden.growth.State;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a container is paused for a class histogram. */
class ContainerHistogramsTest {

    private final Followed followed = new Followed();

    @Test
    void aHealthyContainerIsNeverPausedOnSuspicionOnly() {
        ContainerView view = followed.turns(300);

        assertThat(view.state()).isEqualTo(State.Healthy);
        assertThat(followed.probe.askedForHistogram).isEmpty();
    }

    @Test
    void aGrowingContainerIsLookedAtButNotMoreOftenThanAllowed() {
        followed.probe.growing(1 << 20);

        ContainerView view = followed.turns(90);

        assertThat(view.histograms()).isGreaterThan(2);
        assertThat(followed.probe.askedForHistogram).hasSize((int) view.histograms());
        assertThat(shortestDistance(followed.probe.askedForHistogram)).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
        assertThat(followed.checkpoint().detector().classes().classes()).isNotEmpty();
    }

    @Test
    void neverMeansNeverHoweverMuchItGrows() {
        followed.plan = Followed.histograms(When.Never);
        followed.probe.growing(1 << 20);

        followed.turns(90);

        assertThat(followed.probe.askedForHistogram).isEmpty();
    }

    @Test
    void periodicallyEveryLeastDistance() {
        followed.plan = Followed.histograms(When.Periodic);

        followed.turns(61);

        assertThat(followed.probe.askedForHistogram).hasSize(13);
        assertThat(shortestDistance(followed.probe.askedForHistogram)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void thePolicysTermsAreHandedOn() {
        followed.plan = Followed.histograms(When.Periodic);

        followed.turn();

        assertThat(followed.probe.histogramTerms).containsExactly("all within PT0.25S");
    }

    @Test
    void aRefusedHistogramIsSaidAndTheCountersCountAllTheSame() {
        followed.plan = Followed.histograms(When.Periodic);
        followed.probe.refusingHistograms(RefusalReason.PauseTooLong);

        ContainerView view = followed.turns(30);

        assertThat(view.state()).isEqualTo(State.Healthy);
        assertThat(view.histograms()).isZero();
        assertThat(view.samples()).isEqualTo(30);
        assertThat(view.refusals()).allSatisfy(trouble -> {
            assertThat(trouble.probe()).isEqualTo("histogram");
            assertThat(trouble.reason()).isEqualTo("PauseTooLong");
        });
        assertThat(followed.probe.askedForHistogram)
                .as("not asked again at once")
                .hasSize(6);
    }

    private static Duration shortestDistance(List<Instant> times) {
        Duration shortest = Duration.ofDays(1);
        for (int i = 1; i < times.size(); i++) {
            Duration distance = Duration.between(times.get(i - 1), times.get(i));
            shortest = distance.compareTo(shortest) < 0 ? distance : shortest;
        }
        return shortest;
    }
}
