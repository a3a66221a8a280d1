package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heapwarden.api.Objective;
import io.heapwarden.growth.Signal;
import io.heapwarden.objective.Criterion;
import io.heapwarden.objective.GrowthObjective;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectivesTest {

    @Test
    void noneWrittenMeansNoConfirmedLeak() {
        assertThat(Objectives.of(null)).containsExactly(GrowthObjective.NO_LEAK);
    }

    @Test
    void readsABoundInBytes() {
        Objective floor = new Objective("floor", Signal.HeapAfterGC, null, "64Mi", "6h", null, "99.95%", "7d");

        assertThat(Objectives.of(List.of(floor)))
                .containsExactly(new GrowthObjective(
                        "floor",
                        new Criterion.BoundedGrowth(Signal.HeapAfterGC, null, 64 << 20, Duration.ofHours(6)),
                        0.9995,
                        Duration.ofDays(7)));
    }

    @Test
    void readsABoundInInstancesOfAClassWithDefaults() {
        Objective orders =
                new Objective("orders", Signal.ClassInstances, "com.shop.Order", "100000", "24h", null, null, null);

        assertThat(Objectives.of(List.of(orders)))
                .containsExactly(new GrowthObjective(
                        "orders",
                        new Criterion.BoundedGrowth(
                                Signal.ClassInstances, "com.shop.Order", 100_000, Duration.ofHours(24)),
                        0.99,
                        Duration.ofDays(30)));
    }

    @Test
    void readsALeastTimeToExhaustion() {
        Objective runway = new Objective("runway", null, null, null, null, "24h", "99.9%", null);

        assertThat(Objectives.of(List.of(runway)))
                .containsExactly(new GrowthObjective(
                        "runway",
                        new Criterion.LeastTimeToExhaustion(Duration.ofHours(24)),
                        0.999,
                        Duration.ofDays(30)));
    }

    @Test
    void whatTheApiServerShouldHaveRefusedIsNamed() {
        Objective half = new Objective("half", Signal.HeapAfterGC, null, null, "6h", null, null, null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Objectives.of(List.of(half)))
                .withMessage("objective half needs signal, maxGrowth and window, or minTimeToExhaustion");
    }
}
