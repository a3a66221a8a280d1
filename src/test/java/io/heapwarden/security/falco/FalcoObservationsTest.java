package io.heapwarden.security.falco;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.security.FindingSource;
import io.heapwarden.security.Observation;
import io.heapwarden.security.Severity;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FalcoObservationsTest {

    @Test
    void saysWhichProcessWhoStartedItAndAsWhom() {
        Observation observation = FalcoObservations.of(Seeds.read("falco-http.json"), "api");

        assertThat(observation.key())
                .isEqualTo(new Observation.Key(FindingSource.Falco, "Terminal shell in container", "api", "sh"));
        assertThat(observation.severity()).isEqualTo(Severity.Low);
        assertThat(observation.message())
                .isEqualTo("Falco's rule Terminal shell in container: process sh, started by runc, as user root");
        assertThat(observation.reference()).isEqualTo("T1059, mitre_execution");
        assertThat(observation.remedy()).isNotEmpty().doesNotEndWith(".");
        assertThat(observation.restartHelps()).isTrue();
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        assertThat(FalcoObservations.of(Seeds.read("falco-late-metadata.json"), "")
                        .message())
                .isEqualTo("Falco's rule Drop and execute new binary in container: process kdevtmpfsi, as user 1000");
        assertThat(FalcoObservations.of(Seeds.read("least.json"), "").message())
                .isEqualTo("Falco's rule r: a process that is not named");
    }

    @Test
    void neverSaysACommandLineOrTheRulesSentence() {
        FalcoEvent event = Seeds.event(
                FalcoPriority.Critical,
                "r",
                FalcoField.Process,
                "curl",
                FalcoField.CommandLine,
                "curl -u root:hunter2",
                FalcoField.ParentCommandLine,
                "sh -c hunter2");
        event = new FalcoEvent(
                event.time(),
                event.priority(),
                event.rule(),
                "hunter2",
                "",
                "",
                java.util.List.of("hunter2"),
                event.fields());

        assertThat(FalcoObservations.of(event, "api").toString()).doesNotContain("hunter2");
    }

    @Test
    void theSameProcessOfTheSameRuleIsTheSameFinding() {
        FalcoEvent one =
                Seeds.event(FalcoPriority.Error, "r", FalcoField.Process, "sh", FalcoField.CommandLine, "sh -c a");
        FalcoEvent other =
                Seeds.event(FalcoPriority.Error, "r", FalcoField.Process, "sh", FalcoField.CommandLine, "sh -c b");

        assertThat(FalcoObservations.of(one, "api")).isEqualTo(FalcoObservations.of(other, "api"));
    }

    @Test
    void prioritiesAndNamesSelect() {
        FalcoEvent warning = Seeds.event(FalcoPriority.Warning, "a");

        assertThat(new FalcoRules(FalcoPriority.Warning, Set.of()).select(warning))
                .isTrue();
        assertThat(new FalcoRules(FalcoPriority.Debug, Set.of()).select(warning))
                .isTrue();
        assertThat(new FalcoRules(FalcoPriority.Error, Set.of()).select(warning))
                .isFalse();
        assertThat(new FalcoRules(FalcoPriority.Warning, Set.of("a", "b")).select(warning))
                .isTrue();
        assertThat(new FalcoRules(FalcoPriority.Warning, Set.of("b")).select(warning))
                .isFalse();
        assertThat(new FalcoRules(FalcoPriority.Error, Set.of("a")).select(warning))
                .isFalse();
    }
}
