package io.heapwarden.history;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a checkpoint as text: a version, a colon, and the JSON of the checkpoint, gzipped, in Base64. What is read was stored where others may
 * write, so its size is bounded before it is unpacked.
 */
public final class CheckpointCodec {

    /** Most bytes a checkpoint may unpack to. */
    static final int LARGEST = 4 << 20;

    private static final String VERSION = "3";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private CheckpointCodec() {}

    public static String encode(ContainerCheckpoint checkpoint) {
        return pack(checkpoint);
    }

    public static String encode(WorkloadCheckpoint checkpoint) {
        return pack(checkpoint);
    }

    /**
     * Reads the checkpoint of a container.
     *
     * @throws MalformedCheckpointException when it is garbled, too large or of another version; the message says which
     */
    public static ContainerCheckpoint decode(String text) throws MalformedCheckpointException {
        return unpack(text, ContainerCheckpoint.class);
    }

    /**
     * Reads the checkpoint of a workload.
     *
     * @throws MalformedCheckpointException when it is garbled, too large or of another version; the message says which
     */
    public static WorkloadCheckpoint decodeWorkload(String text) throws MalformedCheckpointException {
        return unpack(text, WorkloadCheckpoint.class);
    }

    private static String pack(Object checkpoint) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            JSON.writeValue(gzip, checkpoint);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return VERSION + ":" + Base64.getEncoder().encodeToString(packed.toByteArray());
    }

    private static <T> T unpack(String text, Class<T> type) throws MalformedCheckpointException {
        int colon = text.indexOf(':');
        if (colon < 0 || !text.substring(0, colon).equals(VERSION)) {
            throw new MalformedCheckpointException(
                    "checkpoint version is " + (colon < 0 ? "missing" : text.substring(0, Math.min(colon, 10)))
                            + ", this program reads " + VERSION);
        }
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text.substring(colon + 1))))) {
            byte[] json = gzip.readNBytes(LARGEST + 1);
            if (json.length > LARGEST) {
                throw new MalformedCheckpointException("checkpoint unpacks to more than " + LARGEST + " bytes");
            }
            T checkpoint = JSON.readValue(json, type);
            if (checkpoint == null) {
                throw new MalformedCheckpointException("checkpoint is null");
            }
            return checkpoint;
        } catch (IOException | IllegalArgumentException garbled) {
            throw new MalformedCheckpointException("checkpoint cannot be read: " + garbled.getMessage(), garbled);
        }
    }
}
