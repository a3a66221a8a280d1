package io.heapwarden.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.State;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunwayTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private final ObjectiveTracker tracker = new ObjectiveTracker(
            new GrowthObjective(
                    "runway", new Criterion.LeastTimeToExhaustion(Duration.ofHours(24)), 0.99, Duration.ofDays(30)),
            Duration.ofMinutes(1));

    @Test
    void theEarlyEndOfTheForecastDecides() {
        assertThat(complianceAfter(Assessments.runningOutIn(Duration.ofHours(23))))
                .isZero();
    }

    @Test
    void exactlyTheLeastIsEnough() {
        assertThat(complianceAfter(Assessments.runningOutIn(Duration.ofHours(24))))
                .isEqualTo(1.0);
    }

    @Test
    void whatDoesNotGrowNeverRunsOut() {
        assertThat(complianceAfter(Assessments.of(State.Healthy))).isEqualTo(1.0);
    }

    private Double complianceAfter(Assessment assessment) {
        tracker.observe(Samples.heap(START, 1), assessment);
        tracker.observe(Samples.heap(START.plusSeconds(60), 1), assessment);
        return tracker.compliance(START.plusSeconds(60)).compliance();
    }
}
