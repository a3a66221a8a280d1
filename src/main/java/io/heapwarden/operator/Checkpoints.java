package io.heapwarden.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapwarden.history.CheckpointCodec;
import io.heapwarden.history.ContainerCheckpoint;
import io.heapwarden.history.MalformedCheckpointException;
import java.util.LinkedHashMap;
import java.util.Map;
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
            Map<String, String> encoded = JSON.readValue(text, new TypeReference<>() {});
            for (Map.Entry<String, String> entry : encoded.entrySet()) {
                decoded.put(entry.getKey(), CheckpointCodec.decode(entry.getValue()));
            }
        } catch (JsonProcessingException | MalformedCheckpointException unreadable) {
            LOG.warnf("The checkpoint of %s cannot be read, it is judged anew: %s", pod, unreadable.getMessage());
        }
        return decoded;
    }
}
