package io.heapwarden.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.heapwarden.evidence.UnreadableBundleException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A manifest as JSON. Read bounded: a bundle comes from a store where others may write. */
public final class ManifestCodec {

    /** Longest manifest, in bytes. */
    public static final int LIMIT = 1 << 20;

    private static final int MAX_DEPTH = 8;
    private static final int MAX_TEXT = 64 << 10;

    private static final ObjectMapper JSON = JsonMapper.builder(new JsonFactory())
            .addModule(new JavaTimeModule())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_TEXT)
                        .build());
    }

    private ManifestCodec() {}

    /** The manifest as indented JSON, the same for the same manifest on every machine. */
    public static byte[] write(Manifest manifest) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try {
            String text = JSON.writer(
                            new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
                    .writeValueAsString(manifest);
            return (text + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The same in one line. */
    public static String line(Manifest manifest) {
        try {
            return JSON.writeValueAsString(manifest);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Reads a manifest.
     *
     * @throws UnreadableBundleException when it is none, or of a version that is not known here
     */
    static Manifest read(byte[] text) throws UnreadableBundleException {
        try {
            JsonNode tree = JSON.readTree(text);
            JsonNode schema = tree == null ? null : tree.get("schema");
            if (schema == null || !schema.isInt()) {
                throw new UnreadableBundleException(
                        Reason.Damaged, "its manifest.json says no schema version, so it cannot be read safely");
            }
            if (schema.intValue() > Manifest.SCHEMA) {
                throw new UnreadableBundleException(
                        Reason.NewerVersion,
                        "it is of schema version " + schema.intValue() + " and this heapwarden knows up to "
                                + Manifest.SCHEMA + "; use a newer heapwarden, or unzip it: its parts are plain files");
            }
            return JSON.treeToValue(tree, Manifest.class);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableBundleException(
                    Reason.Damaged, "its manifest.json cannot be read: " + Printable.line(firstLine(e)));
        }
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
