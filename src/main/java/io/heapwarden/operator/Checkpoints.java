package io.heapwarden.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapwarden.history.CheckpointCodec;
import io.heapwarden.history.ContainerCheckpoint;
import io.heapwarden.history.MalformedCheckpointException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The checkpoints of a pod's containers as one text. What cannot be read is left out: the container begins anew, and says so in the log. */
final class Checkpoints {

    private static final Logger LOG = Logger.getLogger(Checkpoints.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private Checkpoints() {}

    static @Nullable String encode(Map<String, ContainerCheckpoint> byContainer) {
        if (byContainer.isEmpty()) {
            return null;
        }
        Map<String, String> encoded = new LinkedHashMap<>();
        byContainer.forEach((container, checkpoint) -> encoded.put(container, CheckpointCodec.encode(checkpoint)));
        try {
            return JSON.writeValueAsString(encoded);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Map<String, ContainerCheckpoint> decode(PodKey pod, String text) {
        Map<String, ContainerCheckpoint> decoded = new LinkedHashMap<>();
        try {
            JSON.readTree(text).properties().forEach(entry -> decode(
                            pod, entry.getKey(), entry.getValue().asText())
                    .ifPresent(checkpoint -> decoded.put(entry.getKey(), checkpoint)));
        } catch (JsonProcessingException unreadable) {
            LOG.warnf("The checkpoints of %s cannot be read, it is judged anew: %s", pod, unreadable.getMessage());
        }
        return decoded;
    }

    private static Optional<ContainerCheckpoint> decode(PodKey pod, String container, String text) {
        try {
            return Optional.of(CheckpointCodec.decode(text));
        } catch (MalformedCheckpointException unreadable) {
            LOG.warnf(
                    "Container %s of %s/%s is judged anew: %s",
                    container, pod.namespace(), pod.name(), unreadable.getMessage());
            return Optional.empty();
        }
    }
}
