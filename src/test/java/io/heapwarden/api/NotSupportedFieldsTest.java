package io.heapwarden.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotSupportedFieldsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            objectives: [{name: a, signal: GcTime, maxGrowth: '0.05', window: 1h}, {name: b, signal: AllocationRate, maxGrowth: 1Mi, window: 1h}] | spec.objectives[1].signal[AllocationRate]
            objectives: [{name: a, signal: ClassLoaders, maxGrowth: '5', window: 1h}] | spec.objectives[0].signal[ClassLoaders]
            """)
    void namesTheFieldAndNothingElse(String field, String path) {
        assertThat(notSupported(field)).containsExactly(path);
    }

    @Test
    void namesAllOfThemInTheOrderOfTheSpec() {
        assertThat(notSupported("objectives: [{name: a, signal: ClassLoaders, maxGrowth: '5', window: 1h},"
                        + " {name: b, signal: AllocationRate, maxGrowth: 1Mi, window: 1h}]"))
                .containsExactly(
                        "spec.objectives[0].signal[ClassLoaders]", "spec.objectives[1].signal[AllocationRate]");
    }

    @Test
    void whatIsNotSetIsNotNamed() {
        assertThat(notSupported("security: {}")).isEmpty();
    }

    @Test
    void theRestIsSupported() {
        assertThat(notSupported("containers: [app], mode: Enforce,"
                        + " security: {falco: {}, jvm: {interval: 1h}, podStandard: Baseline, images: {requireDigest: true}},"
                        + " sampling: {interval: 2s, histogram: {when: Periodic, minInterval: 1m, live: true, maxPause: 1s}, channels: [Metrics, Exec, EphemeralContainer, Kubelet]},"
                        + " objectives: [{name: a, signal: ClassBytes, class: A, maxGrowth: 1Mi, window: 1h, target: 99%, period: 7d},"
                        + " {name: b, minTimeToExhaustion: 24h}],"
                        + " responses: [{when: {state: Leaking, verdicts: [RetentionLeak]}, actions: [Annotate, Event, Notify, Evidence, Restart]}, {when: {finding: High}, actions: [Event]}], notify: [oncall], evidence: {chain: false, heapDump: {}},"
                        + " restart: {strategy: RolloutRestart, cooldown: 1m, leastRelief: 2h, minConfidence: 80%, standalonePods: [batch], maxPerDay: 5, maxUnavailable: 1,"
                        + " windows: [{days: [Mon], from: '22:00', to: '05:00', timeZone: UTC}]}"))
                .isEmpty();
    }

    private static List<String> notSupported(String fields) {
        return NotSupportedFields.in(Serialization.unmarshal(
                        "apiVersion: heapwarden.io/v1alpha1\nkind: MemoryPolicy\nspec: {selector: {}, " + fields + "}",
                        MemoryPolicy.class)
                .getSpec());
    }
}
