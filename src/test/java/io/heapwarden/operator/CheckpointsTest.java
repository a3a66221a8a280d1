package io.heapwarden.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.history.CheckpointCodec;
import io.heapwarden.history.ContainerCheckpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {

    private static final PodKey POD = PodKey.of(Shop.pod());

    @Test
    void nothingKnownIsNothingWritten() {
        assertThat(Checkpoints.encode(Map.of())).isNull();
    }

    @Test
    void givesBackEachContainersCheckpoint() {
        Map<String, ContainerCheckpoint> both = new LinkedHashMap<>();
        both.put("app", checkpoint(20));
        both.put("sidecar", checkpoint(3));

        assertThat(Checkpoints.decode(POD, Checkpoints.encode(both))).isEqualTo(both);
    }

    @Test
    void whatCannotBeReadIsLeftOutAndTheOthersStay() {
        String good = CheckpointCodec.encode(checkpoint(20));
        String text = "{\"broken\":\"3:AAAA\",\"newer\":\"9:AAAA\",\"older\":\"2:AAAA\",\"none\":null,\"app\":\"" + good
                + "\"}";

        assertThat(Checkpoints.decode(POD, text)).containsOnlyKeys("app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "{", "{\"app\":{}}", "{\"app\":[1]}"})
    void aTextOfAnotherShapeBeginsAnew(String text) {
        assertThat(Checkpoints.decode(POD, text)).isEmpty();
    }

    private static ContainerCheckpoint checkpoint(int samples) {
        Followed followed = new Followed();
        followed.turns(samples);
        return followed.checkpoint();
    }
}
