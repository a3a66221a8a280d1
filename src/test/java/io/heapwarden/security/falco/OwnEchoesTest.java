package io.heapwarden.security.falco;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.probe.ProbeCommandLine;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnEchoesTest {

    private static final String ID = "4f7b2a9d1c3e";
    private static final String FULL = "containerd://" + ID + "0".repeat(52);
    private static final String SCRIPT = OwnEchoes.SCRIPT + " b=$1 n=0";

    private final OwnEchoes echoes = new OwnEchoes();

    @BeforeEach
    void probe() {
        echoes.ran(FULL, Seeds.TIME);
    }

    @Test
    void everyScriptOfAProbeIsTold() {
        for (String commandLine : ProbeCommandLine.all()) {
            assertThat(echoes.isEcho(event(FalcoField.CommandLine, commandLine)))
                    .as(commandLine)
                    .isTrue();
        }
    }

    @Test
    void whatAProbeStartsIsTold() {
        assertThat(echoes.isEcho(event(FalcoField.ParentCommandLine, SCRIPT, FalcoField.Process, "jcmd")))
                .isTrue();
        assertThat(echoes.isEcho(event(FalcoField.Process, "heapwarden-prob"))).isTrue();
        assertThat(echoes.isEcho(event(FalcoField.Parent, "heapwarden-probe"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh -c id",
                "sh -c echo : heapwarden-probe",
                "bash -c : heapwarden-probe",
                "sh",
                "cat /etc/shadow"
            })
    void otherCommandsAreNot(String commandLine) {
        assertThat(echoes.isEcho(event(FalcoField.CommandLine, commandLine))).isFalse();
        assertThat(echoes.isEcho(event(FalcoField.Process, "jcmd", FalcoField.Parent, "sh")))
                .isFalse();
    }

    @Test
    void whatIsCriticalCountsWhateverItIsCalled() {
        assertThat(echoes.isEcho(Seeds.event(
                        FalcoPriority.Critical, "r", FalcoField.ContainerId, ID, FalcoField.CommandLine, SCRIPT)))
                .isFalse();
    }

    @Test
    void onlyAroundAProbeAndOnlyThere() {
        assertThat(echoes.isEcho(at(Duration.ofSeconds(30), ID))).isTrue();
        assertThat(echoes.isEcho(at(Duration.ofSeconds(-30), ID))).isTrue();
        assertThat(echoes.isEcho(at(Duration.ofSeconds(30).plusNanos(1), ID))).isFalse();
        assertThat(echoes.isEcho(at(Duration.ofSeconds(-31), ID))).isFalse();
        assertThat(echoes.isEcho(at(Duration.ZERO, "4f7b2a9d1c3f"))).isFalse();
        assertThat(echoes.isEcho(at(Duration.ZERO, ID + "0".repeat(52)))).isTrue();
    }

    @Test
    void anEventMayComeAfterTheNextProbe() {
        for (int i = 1; i < OwnEchoes.MOST_PROBES; i++) {
            echoes.ran(FULL, Seeds.TIME.plusSeconds(60L * i));
        }
        assertThat(echoes.isEcho(at(Duration.ZERO, ID))).isTrue();

        echoes.ran(FULL, Seeds.TIME.plusSeconds(600));
        assertThat(echoes.isEcho(at(Duration.ZERO, ID))).isFalse();
    }

    @Test
    void theLatestContainersAreRemembered() {
        echoes.ran("no container", Seeds.TIME);
        for (int i = 0; i < OwnEchoes.MOST_CONTAINERS; i++) {
            echoes.ran("%012x".formatted(i) + "0".repeat(52), Seeds.TIME);
        }
        assertThat(echoes.isEcho(at(Duration.ZERO, ID))).isFalse();
    }

    private static FalcoEvent event(Object... fields) {
        Object[] all = new Object[fields.length + 2];
        all[0] = FalcoField.ContainerId;
        all[1] = ID;
        System.arraycopy(fields, 0, all, 2, fields.length);
        return Seeds.event(FalcoPriority.Error, "r", all);
    }

    private static FalcoEvent at(Duration after, String container) {
        return Seeds.event(
                Seeds.TIME.plus(after),
                FalcoPriority.Notice,
                java.util.Map.of(FalcoField.ContainerId, container, FalcoField.CommandLine, SCRIPT));
    }
}
