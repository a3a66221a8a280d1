package io.heapwarden.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys and formats are those of the kernel's admin-guide/cgroup-v1/memory, admin-guide/cgroup-v2 and accounting/psi. */
class ContainerEventsTest {

    private static final Map<String, String> EARLIER = Map.of(
            "version", "2",
            "memory.high", "max",
            "low", "0",
            "high", "5",
            "max", "17",
            "oom", "1",
            "oom_kill", "2",
            "oom_group_kill", "0",
            "some", "avg10=0.00 avg60=0.12 avg300=0.00 total=1000000",
            "full", "avg10=0.00 avg60=0.00 avg300=0.00 total=500000");

    @Test
    void differencesAreOfWhatHappenedBetween() throws Exception {
        ContainerEvents later = ContainerEvents.parse(with(Map.of(
                "max", "40",
                "high", "5",
                "oom_kill", "3",
                "some", "avg10=9.00 avg60=4.12 avg300=0.00 total=4000000",
                "full", "avg10=0.00 avg60=0.00 avg300=0.00 total=1500000")));

        ContainerEvents.Difference difference = later.since(ContainerEvents.parse(EARLIER), Duration.ofSeconds(10));

        assertThat(difference.oomKills()).isEqualTo(1);
        assertThat(difference.limitHits()).isEqualTo(23);
        assertThat(difference.highBreaches()).isZero();
        assertThat(difference.someStalledShare()).isCloseTo(0.3, within(1e-9));
        assertThat(difference.allStalledShare()).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void whatIsNotKnownAtBothIsNotTold() throws Exception {
        ContainerEvents restarted = ContainerEvents.parse(
                with(Map.of("oom_kill", "0", "some", "avg10=0.00 avg60=0.00 avg300=0.00 total=7")));
        ContainerEvents.Difference difference = restarted.since(ContainerEvents.parse(EARLIER), Duration.ofSeconds(10));

        assertThat(difference.oomKills()).isNull();
        assertThat(difference.someStalledShare()).isNull();
        assertThat(ContainerEvents.UNKNOWN
                        .since(ContainerEvents.parse(EARLIER), Duration.ofSeconds(1))
                        .limitHits())
                .isNull();
        assertThatThrownBy(() -> restarted.since(restarted, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void kernelsWithoutPressureOrNewerEventsSayLess() throws Exception {
        ContainerEvents events = ContainerEvents.parse(Map.of("version", "2", "oom_kill", "1"));

        assertThat(events).isEqualTo(new ContainerEvents(null, null, null, null, 1L, null, null, null, null, null));
        assertThat(ContainerEvents.parse(Map.of("version", "1", "memory.failcnt", "12", "under_oom", "1")))
                .isEqualTo(new ContainerEvents(null, null, 12L, null, null, null, null, true, null, null));
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> ContainerEvents.parse(with(Map.of("oom_kill", "-1"))))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessage("oom_kill of the control group is no count: \"-1\"");
        for (String words : new String[] {
            "", "avg10=0.00 avg60=0.00", "avg10=NaN avg60=0 total=1", "avg10=101 avg60=0 total=1", "avg10=x total=y"
        }) {
            assertThatThrownBy(() -> ContainerEvents.parse(with(Map.of("some", words))))
                    .isInstanceOf(MalformedOutputException.class)
                    .hasMessageStartingWith("memory.pressure of the control group is garbled");
        }
    }

    private static Map<String, String> with(Map<String, String> changed) {
        Map<String, String> files = new HashMap<>(EARLIER);
        files.putAll(changed);
        return files;
    }
}
