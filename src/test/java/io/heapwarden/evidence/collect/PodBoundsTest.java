package io.heapwarden.evidence.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.heapwarden.evidence.heapdump.HeapDumpPlan.LivenessProbe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodBoundsTest {

    private static final Pod POD = Serialization.unmarshal(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: checkout-1}
            spec:
              containers:
              - name: app
                image: shop
                livenessProbe: {periodSeconds: 5, failureThreshold: 4, httpGet: {port: 8080}}
                resources: {limits: {cpu: 500m, memory: 1Gi, ephemeral-storage: 2Gi}}
                volumeMounts:
                - {name: data, mountPath: /data}
                - {name: dumps, mountPath: /data/dumps/}
                - {name: node, mountPath: /node}
              - name: sidecar
                image: proxy
              volumes:
              - name: data
                persistentVolumeClaim: {claimName: data}
              - name: dumps
                emptyDir: {sizeLimit: 3Gi}
              - name: node
                hostPath: {path: /var/dumps}
            """,
            Pod.class);

    @Test
    void theNearestMountAboveTheDirectoryCounts() {
        PodBounds dumps = PodBounds.of(POD, "app", "/data/dumps/heap");
        assertThat(dumps.volumeSizeLimit()).isEqualTo(3L << 30);
        assertThat(dumps.ephemeralLimit()).isEqualTo(2L << 30);
        assertThat(dumps.processors()).isEqualTo(0.5);
        assertThat(dumps.hostPath()).isFalse();
        assertThat(dumps.livenessProbes())
                .isEqualTo(List.of(new LivenessProbe(Duration.ofSeconds(5), Duration.ofSeconds(1), 4)));
        assertThat(PodBounds.of(POD, "app", "/data/dumps").volumeSizeLimit()).isEqualTo(3L << 30);
        assertThat(PodBounds.of(POD, "app", "/data/dumpster").volumeSizeLimit()).isNull();
        assertThat(PodBounds.of(POD, "app", "/node").hostPath()).isTrue();
        assertThat(PodBounds.of(POD, "app", "/tmp").volumeSizeLimit()).isNull();
    }

    @Test
    void aContainerThatSaysNothingHasNoBounds() {
        assertThat(PodBounds.of(POD, "sidecar", "/tmp")).isEqualTo(PodBounds.NONE);
        assertThat(PodBounds.of(POD, "missing", "/tmp")).isEqualTo(PodBounds.NONE);
    }
}
