package io.heapwarden.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heapwarden.objective.TimeTally.Spent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComplianceTest {

    private static final Offset<Double> CLOSE = within(1e-9);

    @Test
    void budgetIsWhatTheTargetLeaves() {
        Compliance compliance = spent(995, 5, 0);

        assertThat(compliance.compliance()).isEqualTo(0.995, CLOSE);
        assertThat(compliance.budgetRemaining()).isEqualTo(0.5, CLOSE);
        assertThat(compliance.met()).isTrue();
    }

    @Test
    void anOverspentBudgetIsNegative() {
        Compliance compliance = spent(970, 30, 0);

        assertThat(compliance.budgetRemaining()).isEqualTo(-2, CLOSE);
        assertThat(compliance.met()).isFalse();
    }

    @Test
    void missingTimeCountsNeitherWay() {
        assertThat(spent(995, 5, 100_000).compliance())
                .isEqualTo(spent(995, 5, 0).compliance());
    }

    @Test
    void theShareOfMissingTimeIsShown() {
        assertThat(spent(60, 15, 25).missingShare()).isEqualTo(0.25, CLOSE);
        assertThat(spent(0, 0, 0).missingShare()).isNull();
    }

    @Test
    void nothingIsSaidWhileNothingWasJudged() {
        Compliance compliance = spent(0, 0, 500);

        assertThat(compliance.compliance()).isNull();
        assertThat(compliance.budgetRemaining()).isNull();
        assertThat(compliance.met()).isNull();
        assertThat(compliance.burnRate()).isNull();
        assertThat(compliance.burning()).isEmpty();
        assertThat(compliance.missingShare()).isEqualTo(1, CLOSE);
    }

    @Test
    void burnRateIsTheBadShareInBudgets() {
        assertThat(Compliance.burnRate(0.99, new Spent(98, 2, 50))).isEqualTo(2, CLOSE);
        assertThat(Compliance.burnRate(0.99, new Spent(0, 0, 50))).isNull();
    }

    @ParameterizedTest(name = "5m {0}, 30m {1}, 1h {2}, 6h {3}, 3d {4}: {5}")
    @CsvSource({
        "15,  0, 15,   0,   0, Fast",
        "15,  0, 14.4, 0,   0,",
        "0,  15, 15,   0,   0,",
        "0,   7,  0,   7,   0, Medium",
        "0,   7,  0,   6,   0,",
        "0,   0,  7,   7,   0,",
        "0,   0,  0, 1.1, 1.1, Slow",
        "0,   0,  0, 1.1, 1.0,",
        "9,   9,  9, 0.9, 1.1,",
        "20, 20, 20,  20,  20, Fast Medium Slow"
    })
    void burnsWhenAShortAndALongWindowAreBothOverTheirBar(
            double fiveMinutes,
            double halfAnHour,
            double hour,
            double sixHours,
            double threeDays,
            @Nullable String burning) {
        assertThat(rates(fiveMinutes, halfAnHour, hour, sixHours, threeDays).burning())
                .extracting(BurnPair::name)
                .containsExactly(burning == null ? new String[0] : burning.split(" "));
    }

    @Test
    void aWindowInWhichNothingWasJudgedDoesNotBurn() {
        assertThat(rates(null, null, 100.0, 100.0, null).burning()).isEmpty();
    }

    private static Compliance spent(long good, long bad, long missing) {
        return new Compliance(
                0.99,
                Duration.ofSeconds(good),
                Duration.ofSeconds(bad),
                Duration.ofSeconds(missing),
                Collections.nCopies(BurnWindow.values().length, null));
    }

    private static Compliance rates(@Nullable Double... rates) {
        List<@Nullable Double> inOrder = Arrays.asList(rates);
        return new Compliance(0.99, Duration.ZERO, Duration.ZERO, Duration.ZERO, inOrder);
    }
}
