package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.heapwarden.response.ResizableContainer;
import io.heapwarden.response.ResizableContainer.Pending;
import io.heapwarden.response.ResizableContainer.Stage;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizableContainersTest {

    @Test
    void readsLimitClassAndPolicy() {
        Pod pod = new PodBuilder(pod("320Mi", "320Mi"))
                .editSpec()
                .editFirstContainer()
                .addNewResizePolicy("memory", "RestartContainer")
                .endContainer()
                .endSpec()
                .editStatus()
                .withQosClass("Guaranteed")
                .endStatus()
                .build();

        assertThat(read(pod)).isEqualTo(new ResizableContainer("app", 320L << 20, true, true, null));
    }

    @Test
    void aPolicyForTheProcessorAloneRestartsNothing() {
        Pod pod = new PodBuilder(pod("320Mi", null))
                .editSpec()
                .editFirstContainer()
                .addNewResizePolicy("cpu", "RestartContainer")
                .addNewResizePolicy("memory", "NotRequired")
                .endContainer()
                .endSpec()
                .build();

        assertThat(read(pod)).isEqualTo(new ResizableContainer("app", 320L << 20, false, false, null));
    }

    @Test
    void hasNoLimitAndMayBeOfNoSuchName() {
        assertThat(read(Shop.pod()).limit()).isNull();
        assertThat(ResizableContainers.of(Shop.pod(), "sidecar")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PodResizePending,Infeasible,True,Infeasible",
        "PodResizePending,Deferred,True,Deferred",
        "PodResizeInProgress,,True,InProgress",
        "PodResizePending,Deferred,False,",
    })
    void theKubeletsConditionsSayHowFarAResizeIs(String type, String reason, String status, @Nullable Stage stage) {
        Pod pod = new PodBuilder(pod("400Mi", "400Mi"))
                .editStatus()
                .addNewCondition()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage("not enough memory")
                .endCondition()
                .endStatus()
                .build();

        assertThat(read(pod).pending()).isEqualTo(stage == null ? null : new Pending(stage, "not enough memory"));
    }

    @Test
    void aLimitThatIsNotInForceIsUnderWay() {
        assertThat(read(pod("400Mi", "320Mi")).pending()).isEqualTo(new Pending(Stage.InProgress, ""));
        assertThat(read(pod("1Gi", "1024Mi")).pending())
                .as("the same, spelled otherwise")
                .isNull();
        assertThat(read(pod("400Mi", null)).pending())
                .as("a kubelet that does not say")
                .isNull();
    }

    private static ResizableContainer read(Pod pod) {
        return ResizableContainers.of(pod, "app").orElseThrow();
    }

    /** A pod whose spec has one limit, and whose kubelet says that another is in force. */
    static Pod pod(String limit, @Nullable String inForce) {
        Pod pod = new PodBuilder(Shop.pod())
                .editSpec()
                .editFirstContainer()
                .withNewResources()
                .withLimits(Map.of("memory", new Quantity(limit)))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
        return inForce == null
                ? pod
                : new PodBuilder(pod)
                        .editStatus()
                        .editFirstContainerStatus()
                        .withNewResources()
                        .withLimits(Map.of("memory", new Quantity(inForce)))
                        .endResources()
                        .endContainerStatus()
                        .endStatus()
                        .build();
    }
}
