package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.heapwarden.workload.Ending;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which revision a container is of, and how the one before it ended. */
class OriginTest {

    private static final String DIGEST = "sha256:" + "8f3a".repeat(16);
    private static final Workload DEPLOYMENT = new Workload("Deployment", "checkout", "6c9");
    private static final Workload JOB = new Workload("Job", "bill-29", null);

    @ParameterizedTest
    @CsvSource({
        "OOMKilled,137,OutOfMemory",
        "Error,3,OutOfMemory",
        "Error,137,Crashed",
        "Error,1,Crashed",
        "Error,143,Stopped",
        "Completed,0,Stopped"
    })
    void howTheContainerBeforeEndedIsReadFromItsStatus(String reason, int exitCode, Ending ending) {
        ContainerStatus status = new ContainerStatusBuilder()
                .withNewLastState()
                .withNewTerminated()
                .withReason(reason)
                .withExitCode(exitCode)
                .endTerminated()
                .endLastState()
                .build();

        assertThat(of(status).before()).isEqualTo(ending);
    }

    @Test
    void theFirstContainerOfAPodHasNoneBefore() {
        assertThat(of(new ContainerStatusBuilder()
                                .withNewLastState()
                                .endLastState()
                                .build())
                        .before())
                .isEqualTo(Ending.Running);
        assertThat(of(new ContainerStatus()).before()).isEqualTo(Ending.Running);
    }

    @Test
    void aPodTemplatesHashIsTheRevisionAndElseTheImage() {
        ContainerStatus pulled = image("registry.shop.example/bill@" + DIGEST, "registry.shop.example/bill:7");

        assertThat(Revision.of(DEPLOYMENT, pulled)).isEqualTo("6c9");
        assertThat(Revision.of(JOB, pulled)).isEqualTo("sha256:8f3a8f3a8f3a");
        assertThat(Revision.of(JOB, image("", "bill:7"))).isEqualTo("bill:7");
        assertThat(Revision.of(JOB, new ContainerStatus())).isEqualTo("unknown");
    }

    private static ContainerStatus image(String id, String name) {
        return new ContainerStatusBuilder().withImageID(id).withImage(name).build();
    }

    private static Origin of(ContainerStatus status) {
        return Origin.of(new RememberedWorkload(null, null, Instant.EPOCH), DEPLOYMENT, status);
    }
}
