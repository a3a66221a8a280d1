package io.heapwarden.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said of the corpus without an API server; {@code io.heapwarden.e2e.ResourceValidationE2ETest} asks a real one. */
class ValidationCorpusTest {

    @Test
    void isThere() throws IOException {
        assertThat(ValidationCase.all().filter(ValidationCase::valid)).hasSizeGreaterThanOrEqualTo(6);
        assertThat(ValidationCase.all().filter(file -> !file.valid()))
                .hasSizeGreaterThanOrEqualTo(24)
                .allSatisfy(file -> assertThat(file.expected()).as(file.name()).isNotEmpty());
    }

    /** What the API server lets through, the operator can read. */
    @ParameterizedTest
    @MethodSource("valid")
    void everyTextOfAValidPolicyParses(ValidationCase file) {
        MemoryPolicySpec spec =
                Serialization.unmarshal(file.text(), MemoryPolicy.class).getSpec();

        assertThat(Durations.parse(spec.sampling().interval())).isPositive();
        assertThat(Durations.parse(spec.sampling().histogram().minInterval())).isPositive();
        assertThat(Durations.parse(spec.sampling().histogram().maxPause())).isPositive();
        assertThat(Durations.parse(spec.restart().cooldown())).isPositive();
        Stream.ofNullable(spec.objectives()).flatMap(List::stream).forEach(objective -> {
            assertThat(Percentages.parse(objective.target())).isStrictlyBetween(0.0, 1.0);
            assertThat(Durations.parse(objective.period())).isPositive();
            if (objective.minTimeToExhaustion() == null) {
                assertThat(Durations.parse(objective.window())).isPositive();
                assertThat(Quantities.parse(objective.maxGrowth())).isPositive();
            } else {
                assertThat(Durations.parse(objective.minTimeToExhaustion())).isPositive();
            }
        });
    }

    static Stream<ValidationCase> valid() throws IOException {
        return ValidationCase.all().filter(ValidationCase::valid);
    }
}
