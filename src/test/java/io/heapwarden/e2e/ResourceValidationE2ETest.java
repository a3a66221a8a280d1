package io.heapwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.heapwarden.api.ValidationCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed CRDs in a real API server: it takes them, and accepts and refuses what it should. Nothing but the CRDs is stored. */
@Tag("e2e")
class ResourceValidationE2ETest {

    private static KubernetesClient client;

    @BeforeAll
    static void installCrds() throws IOException {
        client = new KubernetesClientBuilder().build();
        try (Stream<Path> files = Files.list(Path.of("crds"))) {
            for (Path file : files.toList()) {
                var crd = client.resource(
                        Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class));
                crd.forceConflicts().serverSideApply();
                crd.waitUntilCondition(ResourceValidationE2ETest::established, 30, TimeUnit.SECONDS);
            }
        }
    }

    @AfterAll
    static void close() {
        client.close();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void acceptsAndFillsInDefaults(ValidationCase file) {
        GenericKubernetesResource stored = submit(file);

        assertThat(file.expected()).allSatisfy(expectation -> {
            String[] pathAndValue = expectation.split(" = ", 2);
            assertThat(Objects.toString(stored.get(path(pathAndValue[0]))))
                    .as(pathAndValue[0])
                    .isEqualTo(pathAndValue[1]);
        });
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesWithASentence(ValidationCase file) {
        KubernetesClientException refusal = catchThrowableOfType(KubernetesClientException.class, () -> submit(file));

        assertThat(refusal).as("accepted").isNotNull();
        assertThat(refusal.getStatus().getMessage())
                .contains(file.expected())
                // What CEL says when a rule itself fails is not for users.
                .doesNotContain("evaluating rule", "no such key");
    }

    static Stream<ValidationCase> valid() throws IOException {
        return ValidationCase.all().filter(ValidationCase::valid);
    }

    static Stream<ValidationCase> invalid() throws IOException {
        return ValidationCase.all().filter(file -> !file.valid());
    }

    private static GenericKubernetesResource submit(ValidationCase file) {
        return client.resource(Serialization.unmarshal(file.text(), GenericKubernetesResource.class))
                .inNamespace("default")
                .dryRun()
                .fieldValidation(FieldValidateable.Validation.STRICT)
                .create();
    }

    private static Object[] path(String dotted) {
        return Stream.of(dotted.split("\\."))
                .map(part -> part.matches("[0-9]+") ? (Object) Integer.valueOf(part) : part)
                .toArray();
    }

    private static boolean established(CustomResourceDefinition crd) {
        return crd != null
                && crd.getStatus() != null
                && List.copyOf(crd.getStatus().getConditions()).stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }
}
