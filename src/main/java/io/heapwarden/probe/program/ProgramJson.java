package io.heapwarden.probe.program;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.probe.Frame;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One JSON object of heapwarden-probe, which comes out of a container and is trusted in nothing. */
final class ProgramJson {

    /** Deeper than anything the program writes. */
    private static final int MAX_DEPTH = 8;

    private static final int MAX_TEXT = 1 << 16;

    /** Names come out of a container, so they are neither interned nor kept. */
    private static final ObjectReader READER = new ObjectMapper(new JsonFactoryBuilder()
                    .disable(com.fasterxml.jackson.core.JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(com.fasterxml.jackson.core.JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_TEXT)
                            .maxNumberLength(32)
                            .build())
                    .build())
            .reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonNode object;

    private ProgramJson(JsonNode object) {
        this.object = object;
    }

    static ProgramJson parse(byte[] bytes, int from, int to) throws MalformedOutputException {
        JsonNode node;
        try {
            node = READER.readTree(bytes, from, to - from);
        } catch (JsonProcessingException e) {
            throw new MalformedOutputException(
                    "the probe's answer is no JSON: " + Frame.shortened(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new MalformedOutputException(
                    "the probe's answer is no JSON: " + Frame.shortened(String.valueOf(e.getMessage())));
        }
        return new ProgramJson(object(node, "the probe's answer"));
    }

    private static JsonNode object(@Nullable JsonNode node, String name) throws MalformedOutputException {
        if (node == null || !node.isObject()) {
            throw new MalformedOutputException(name + " is no JSON object");
        }
        return node;
    }

    /** Its fields, as they are. */
    Iterable<java.util.Map.Entry<String, JsonNode>> fields() {
        return object.properties();
    }

    boolean has(String name) {
        return object.has(name);
    }

    /** An object that must be there. */
    ProgramJson object(String name) throws MalformedOutputException {
        return new ProgramJson(object(object.get(name), name));
    }

    /** An object; an empty one where it is not there. */
    ProgramJson objectOrEmpty(String name) throws MalformedOutputException {
        return has(name) ? object(name) : new ProgramJson(JsonNodeFactory.instance.objectNode());
    }

    /** A number from 0 on; null when it is not there. */
    @Nullable
    Long numberOrNull(String name) throws MalformedOutputException {
        JsonNode node = object.get(name);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw new MalformedOutputException(name + " of the probe's answer is no size or count");
        }
        return node.longValue();
    }

    /** A number up to a limit that must be there. */
    long number(String name, long most) throws MalformedOutputException {
        Long number = numberOrNull(name);
        if (number == null || number > most) {
            throw new MalformedOutputException(
                    name + " of the probe's answer is " + (number == null ? "missing" : "too large"));
        }
        return number;
    }

    /** A number that may be negative and must be there. */
    long signed(String name) throws MalformedOutputException {
        JsonNode node = object.get(name);
        if (node == null || !node.isIntegralNumber() || !node.canConvertToLong()) {
            throw new MalformedOutputException(name + " of the probe's answer is no number");
        }
        return node.longValue();
    }

    boolean flag(String name) throws MalformedOutputException {
        JsonNode node = object.get(name);
        if (node == null || !node.isBoolean()) {
            throw new MalformedOutputException(name + " of the probe's answer is neither true nor false");
        }
        return node.booleanValue();
    }

    @Nullable
    String textOrNull(String name) throws MalformedOutputException {
        JsonNode node = object.get(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            throw new MalformedOutputException(name + " of the probe's answer is no text");
        }
        return node.textValue();
    }

    String text(String name) throws MalformedOutputException {
        String text = textOrNull(name);
        if (text == null) {
            throw new MalformedOutputException(name + " of the probe's answer is missing");
        }
        return text;
    }
}
