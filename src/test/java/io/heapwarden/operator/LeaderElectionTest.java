package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeaderElectionTest {

    private final AtomicInteger ends = new AtomicInteger();

    @Test
    void whoCannotBeginToLeadEndsItself() {
        Runnable begin = LeaderElection.orElse(
                () -> {
                    throw new IllegalStateException("no answer");
                },
                ends::incrementAndGet);

        assertThatThrownBy(begin::run).hasMessage("no answer");

        assertThat(ends).hasValue(1);
    }

    @Test
    void whoCanGoesOn() {
        LeaderElection.orElse(() -> {}, ends::incrementAndGet).run();

        assertThat(ends).hasValue(0);
    }
}
