package io.heapwarden.security.podstandards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example pod of Kubernetes' own tests is judged as Kubernetes judges it. */
class UpstreamPodsTest {

    @ParameterizedTest
    @MethodSource("asOf134")
    void isJudgedAsByKubernetes134(UpstreamPod example) {
        judged(example, 34);
    }

    @ParameterizedTest
    @MethodSource("asOf137")
    void isJudgedAsByKubernetes137(UpstreamPod example) {
        judged(example, 37);
    }

    @Test
    void noneIsMissing() {
        assertThat(asOf134()).hasSize(144);
        assertThat(asOf137()).hasSize(10);
    }

    static Stream<UpstreamPod> asOf134() {
        return UpstreamPod.all("v1.34");
    }

    static Stream<UpstreamPod> asOf137() {
        return UpstreamPod.all("v1.37");
    }

    private static void judged(UpstreamPod example, int minor) {
        var violations = PodSecurity.violations(example.pod(), example.standard(), minor);

        if (example.passes()) {
            assertThat(violations).isEmpty();
            return;
        }
        // Each failing example is of one check, by whose id it is called; Restricted has some Baseline checks in a
        // stricter form.
        String name = example.pod().getMetadata().getName().replaceAll("[0-9]+$", "");
        assertThat(violations).isNotEmpty().allSatisfy(violation -> {
            assertThat(violation.path()).matches("(spec|metadata)[.].+");
            assertThat(violation.fix()).isNotBlank();
        });
        assertThat(violations)
                .extracting(violation -> violation.check().toLowerCase(Locale.ROOT))
                .anySatisfy(check -> assertThat(stem(check)).isEqualTo(stem(name)));
    }

    private static String stem(String check) {
        return check.replaceAll("_.*", "").replace("hostpathvolumes", "restrictedvolumes");
    }
}
