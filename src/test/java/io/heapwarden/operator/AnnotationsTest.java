package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnnotationsTest {

    @Test
    void sayStateVerdictCulpritForecastAndWhereToReadOn() {
        assertThat(Annotations.of(Views.pod(Views.leaking())))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "heapwarden.io/state", "Leaking",
                        "heapwarden.io/verdict", "RetentionLeak",
                        "heapwarden.io/culprit", "com.shop.Order",
                        "heapwarden.io/exhaustion", "5h to 9h",
                        "heapwarden.io/report", Shop.POD));
    }

    @Test
    void speakOfTheContainerThatNeedsAttentionMost() {
        Map<String, String> annotations = Annotations.of(Views.pod(
                Views.container(State.Healthy, Verdict.Healthy),
                Views.container(State.Critical, Verdict.ThreadLeak),
                Views.leaking()));

        assertThat(annotations)
                .containsEntry(Annotations.STATE, "Critical")
                .containsEntry(Annotations.VERDICT, "ThreadLeak")
                .doesNotContainKeys(Annotations.CULPRIT, Annotations.EXHAUSTION);
    }

    @Test
    void sayNothingOfAPodThatIsLeftAlone() {
        assertThat(Annotations.of(Views.pod(Views.leftAlone("NoJvm")))).isEmpty();
        assertThat(Annotations.of(Views.pod())).isEmpty();
    }

    @Test
    void onlyKeysThatAreKnownAsOursAreWritten() {
        assertThat(Annotations.KEYS)
                .containsAll(Annotations.of(Views.pod(Views.leaking())).keySet());
    }

    @Test
    void theForecastCanBeLeftOutOfAComparison() {
        assertThat(Annotations.withoutForecast(Annotations.of(Views.pod(Views.leaking()))))
                .doesNotContainKey(Annotations.EXHAUSTION)
                .hasSize(4);
    }

    @Test
    void aRestartedOperatorReadsTheStateOffThePod() {
        Pod pod = Shop.pod();
        assertThat(Annotations.state(pod)).isEqualTo(State.Healthy);

        pod.getMetadata().setAnnotations(Map.of("heapwarden.io/state", "Critical"));
        assertThat(Annotations.state(pod)).isEqualTo(State.Critical);

        pod.getMetadata().setAnnotations(Map.of("heapwarden.io/state", "nonsense"));
        assertThat(Annotations.state(pod)).isEqualTo(State.Healthy);
    }
}
