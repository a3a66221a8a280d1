package io.heapwarden.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NextRestartTest {

    private static final Instant NOW = GateFixture.NOW;

    private final GateFixture fixture = new GateFixture();

    @Test
    void nowWhenNothingWasDone() {
        assertThat(next()).isNull();
    }

    @Test
    void afterTheCooldown() {
        fixture.past(Duration.ofMinutes(10), ActionOutcome.Evicted)
                .past(Duration.ofMinutes(5), ActionOutcome.BlockedByBudget);

        assertThat(next()).isEqualTo(NOW.plus(Duration.ofMinutes(20)));
    }

    @Test
    void whenTheDayHasRoomAgain() {
        fixture.past(Duration.ofHours(9), ActionOutcome.Evicted)
                .past(Duration.ofHours(5), ActionOutcome.RolledOut)
                .past(Duration.ofHours(1), ActionOutcome.Evicted);

        assertThat(next()).isEqualTo(NOW.plus(Duration.ofHours(15)));
    }

    @Test
    void whenAWindowOpensAfterThat() {
        fixture.windows = List.of(RestartWindow.parse(List.of("Mon-Sun"), "02:00", "04:00", "UTC"));
        assertThat(next()).isEqualTo(Instant.parse("2026-11-24T02:00:00Z"));

        fixture.cooldown = Duration.ofHours(15);
        fixture.past(Duration.ZERO, ActionOutcome.Evicted);
        assertThat(next()).as("the cooldown ends within the window").isEqualTo(Instant.parse("2026-11-24T03:00:00Z"));
    }

    private Instant next() {
        return NextRestart.of(fixture.rules(), fixture.history, NOW).orElse(null);
    }
}
