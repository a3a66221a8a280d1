package io.heapwarden.local.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.heapwarden.api.ValidationCase;
import io.heapwarden.objective.GrowthObjective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file is accepted and refused for what the API server accepts and refuses it for: the corpus is the same, and so are the words. */
class PolicyFileTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("valid")
    void acceptsWhatTheApiServerAccepts(ValidationCase file) throws Exception {
        assertThat(PolicyFile.read(written(file.text())).plan().interval()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesInTheSameWords(ValidationCase file) throws Exception {
        PolicyFileException refusal =
                catchThrowableOfType(PolicyFileException.class, () -> PolicyFile.read(written(file.text())));

        assertThat(refusal).as("accepted").isNotNull();
        assertThat(refusal).message().contains(file.expected());
    }

    @Test
    void saysFileLineFieldAndRemedy() throws Exception {
        Path file = written(
                """
                apiVersion: heapwarden.io/v1alpha1
                kind: MemoryPolicy
                metadata:
                  name: checkout
                spec:
                  selector: {}
                  sampling:
                    intervall: 1s
                    histogram:
                      live: "yes"
                  objectives:
                  - name: floor
                    target: 99
                    minTimeToExhaustion: 1h
                """);

        assertThatThrownBy(() -> PolicyFile.read(file))
                .hasMessage(
                        """
                        %1$s:8: unknown field "spec.sampling.intervall"; did you mean "interval"?
                        %1$s:10: spec.sampling.histogram.live: Invalid value: "string": spec.sampling.histogram.live in body must be of type boolean: "string"
                        %1$s:13: spec.objectives[0].target: Invalid value: "integer": spec.objectives[0].target in body must be of type string: "integer"; put it in quotes: "99\""""
                                .formatted(file));
    }

    @Test
    void fillsInDefaults() throws Exception {
        PolicyFile file = PolicyFile.read(
                written(
                        """
                kind: ConfigMap
                ---
                apiVersion: heapwarden.io/v1alpha1
                kind: MemoryPolicy
                metadata: {name: checkout}
                spec: {selector: {matchLabels: {app: checkout}}}
                """));

        assertThat(file.plan().key()).hasToString("default/checkout");
        assertThat(file.plan().interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(file.plan().objectives()).containsExactly(GrowthObjective.NO_LEAK);
        assertThat(file.lineOf(0)).isEqualTo(1);
    }

    @Test
    void knowsWhereEachObjectiveStands() throws Exception {
        PolicyFile file = PolicyFile.read(
                written(
                        """
                apiVersion: heapwarden.io/v1alpha1
                kind: MemoryPolicy
                metadata: {name: checkout}
                spec:
                  selector: {}
                  objectives:
                  - name: runway
                    minTimeToExhaustion: 1h
                  - {name: floor, signal: HeapAfterGC, maxGrowth: 1Mi, window: 1m}
                """));

        assertThat(file.lines()).containsExactly(7, 9);
    }

    @Test
    void saysWhatIsNoPolicy() throws Exception {
        assertThatThrownBy(() -> PolicyFile.read(directory.resolve("none.yaml")))
                .isInstanceOf(PolicyFileException.class)
                .hasMessageContaining("none.yaml: does not exist");
        assertThatThrownBy(() -> PolicyFile.read(written("a: [1,\nb: }")))
                .isInstanceOf(PolicyFileException.class)
                .hasMessageContaining("policy.yaml:2: is not YAML");
        assertThatThrownBy(() -> PolicyFile.read(written("")))
                .isInstanceOf(PolicyFileException.class)
                .hasMessageContaining("holds no policy");
        String policy =
                "apiVersion: heapwarden.io/v1alpha1\nkind: MemoryPolicy\nmetadata: {name: a}\nspec: {selector: {}}\n";
        assertThatThrownBy(() -> PolicyFile.read(written(policy + "---\n" + policy)))
                .isInstanceOf(PolicyFileException.class)
                .hasMessageContaining("policy.yaml:7: holds 2 policies");
        assertThatThrownBy(() -> PolicyFile.read(written(policy + "kind: MemoryPolicy\n")))
                .hasMessageContaining("policy.yaml:5: \"kind\" is written twice");
        assertThatThrownBy(() -> PolicyFile.read(written("a: &a [*a]\nkind: MemoryPolicy")))
                .isInstanceOf(PolicyFileException.class);
    }

    static Stream<ValidationCase> valid() throws IOException {
        return ValidationCase.all().filter(ValidationCase::valid);
    }

    static Stream<ValidationCase> invalid() throws IOException {
        return ValidationCase.all().filter(file -> !file.valid());
    }

    private Path written(String text) throws IOException {
        return Files.writeString(directory.resolve("policy.yaml"), text);
    }
}
