package io.heapwarden.security.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.heapwarden.security.FindingSource;
import io.heapwarden.security.Observation;
import io.heapwarden.security.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where images come from and how they are named. */
class ImageRulesTest {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    @ParameterizedTest
    @CsvSource({
        "r.io, r.io/team/app:1, true",
        "r.io/team, r.io/team/app, true",
        "r.io/team/, r.io/team/app, true",
        "r.io/team/app, r.io/team/app:2, true",
        "r.io/team, r.io/teams/app, false",
        "r.io/team, r.io/app, false",
        "r.io, r.io:5000/app, false",
        "r.io:5000, r.io:5000/app, true",
        "r.io, r.io.evil.example/app, false",
        "docker.io, nginx, true",
        "index.docker.io, nginx, true",
        "library, nginx, true",
        "docker.io/library, team/app, false",
        "team, team/app, true",
        "team, r.io/team/app, false",
        "localhost, localhost/app, true",
    })
    void registriesAreComparedAtTheBordersOfSegments(String allowed, String image, boolean fits) {
        assertThat(AllowedRegistries.of(List.of(allowed)).allow(ImageReference.parse(image)))
                .isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://r.io", "r.io/team:1", "r.io/Team", "r.io//x", "*.io", ""})
    void whatIsNoRegistryIsNamed(String written) {
        assertThatThrownBy(() -> AllowedRegistries.of(List.of("r.io", written)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("security.images.allowedRegistries[1]: \"" + written + "\"");
    }

    @Test
    void aForeignRegistryIsHighAndSaysWhatIsAllowed() {
        ImageRules rules = new ImageRules(AllowedRegistries.of(List.of("r.io")), false);

        assertThat(rules.observations(pod("evil.example/app@" + DIGEST)))
                .singleElement()
                .satisfies(observation -> {
                    assertThat(observation.key())
                            .isEqualTo(new Observation.Key(FindingSource.Image, ImageRules.REGISTRY, "app", ""));
                    assertThat(observation.severity()).isEqualTo(Severity.High);
                    assertThat(observation.message()).contains("evil.example/app", "does not allow");
                    assertThat(observation.remedy()).contains("r.io");
                    assertThat(observation.reference()).isEqualTo("spec.containers[0].image");
                    assertThat(observation.restartHelps()).isFalse();
                });
        assertThat(rules.observations(pod("r.io/app@" + DIGEST))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r.io/app",
                "r.io/app:latest",
                "r.io/app:main",
                "r.io/app:STABLE",
                "r.io/app:1-latest",
                "r.io/app:1.0-SNAPSHOT"
            })
    void tagsThatMoveAreMedium(String image) {
        assertThat(new ImageRules(null, false).observations(pod(image)))
                .singleElement()
                .satisfies(observation -> {
                    assertThat(observation.key().rule()).isEqualTo(ImageRules.MUTABLE_TAG);
                    assertThat(observation.severity()).isEqualTo(Severity.Medium);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"r.io/app:1.2.3", "r.io/app:stable-1.2", "r.io/app:latest@sha256:"})
    void otherTagsAndDigestsAreNotToldUnlessADigestIsRequired(String written) {
        String image = written.endsWith(":") ? "r.io/app:latest@" + DIGEST : written;

        assertThat(new ImageRules(null, false).observations(pod(image))).isEmpty();
        assertThat(new ImageRules(null, true).observations(pod(image))).hasSize(image.contains("@") ? 0 : 1);
    }

    @Test
    void theDigestThatRunsIsGivenAsAHint() {
        Pod pod = pod("r.io/app:1");
        pod.setStatus(new io.fabric8.kubernetes.api.model.PodStatusBuilder()
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName("app")
                        .withImageID("docker-pullable://r.io/app@" + DIGEST)
                        .build())
                .build());

        assertThat(new ImageRules(null, true).observations(pod)).singleElement().satisfies(observation -> assertThat(
                        observation.remedy())
                .contains("r.io/app@" + DIGEST + ", which runs now"));

        pod.getStatus().getContainerStatuses().getFirst().setImageID(DIGEST);
        assertThat(new ImageRules(null, true).observations(pod))
                .singleElement()
                .satisfies(observation -> assertThat(observation.remedy()).contains("r.io/app@sha256:..."));
    }

    @Test
    void everyContainerCountsAndABadNameIsTold() {
        Pod pod = new PodBuilder()
                .withNewSpec()
                .addNewInitContainer()
                .withName("init")
                .withImage("r.io/init:latest")
                .endInitContainer()
                .addNewContainer()
                .withName("app")
                .withImage("r.io/App")
                .endContainer()
                .addNewEphemeralContainer()
                .withName("debug")
                .withImage("busybox")
                .endEphemeralContainer()
                .endSpec()
                .build();

        assertThat(new ImageRules(null, false).observations(pod))
                .extracting(
                        observation -> observation.key().container(),
                        observation -> observation.key().rule())
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("init", ImageRules.MUTABLE_TAG),
                        org.assertj.core.api.Assertions.tuple("app", ImageRules.BAD_NAME),
                        org.assertj.core.api.Assertions.tuple("debug", ImageRules.MUTABLE_TAG));
    }

    private static Pod pod(String image) {
        return new PodBuilder()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withImage(image)
                .endContainer()
                .endSpec()
                .build();
    }
}
