package io.heapwarden.security.falco;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.heapwarden.security.falco.Reading.Read;
import io.heapwarden.security.falco.Reading.Rejected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one event from JSON, as Falco's formats.cpp writes it (0.24 to 0.44 read) and as falcosidekick's FalcoPayload passes it on: that one adds uuid and
 * fields of its own, and sends values with their own types. What is not needed is skipped, never kept. Nothing that comes in makes it throw.
 */
public final class FalcoEventParser {

    /** Most bytes of one event. */
    public static final int MOST_BYTES = 64 << 10;

    /** Objects and arrays within each other; an event has two. */
    public static final int MOST_DEPTH = 16;

    /** Clocks of nodes may be ahead by so much. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** What happened before is no news: Falco keeps events for a client that is away, without end. */
    public static final Duration OLDEST = Duration.ofHours(1);

    private static final int MOST_TIME = 64;

    /** Names come from outside, so they are neither interned nor kept. The depth is counted here, so that it has a reason of its own. */
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEPTH + 2)
                    .maxStringLength(MOST_BYTES)
                    .maxNameLength(MOST_BYTES)
                    .maxNumberLength(MOST_BYTES)
                    .maxDocumentLength(2L * MOST_BYTES)
                    .build())
            .build();

    private FalcoEventParser() {}

    /**
     * Reads one event.
     *
     * @param body UTF-8; what is none is replaced, as Falco before 0.44 passes on bytes of processes as they are
     * @param now by which the event's time is judged
     */
    public static Reading parse(byte[] body, Instant now) {
        if (body.length > MOST_BYTES) {
            return new Rejected(FalcoRejection.TooLarge, "an event has at most %d bytes".formatted(MOST_BYTES));
        }
        try (JsonParser json = FACTORY.createParser(new String(body, StandardCharsets.UTF_8))) {
            Draft draft = new Draft();
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return new Rejected(FalcoRejection.NotJson, "an event is one JSON object");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                readMember(json, draft);
            }
            if (json.nextToken() != null) {
                return new Rejected(FalcoRejection.NotJson, "something follows the JSON object");
            }
            return draft.checked(now);
        } catch (TooDeepException e) {
            return new Rejected(FalcoRejection.TooDeep, "nested deeper than %d".formatted(MOST_DEPTH));
        } catch (IOException e) {
            // Its message quotes the text, which may hold secrets.
            return new Rejected(FalcoRejection.NotJson, "the JSON is broken");
        }
    }

    private static void readMember(JsonParser json, Draft draft) throws IOException {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        switch (name) {
            case "time" -> draft.time = text(json, value);
            case "priority" -> draft.priority = text(json, value);
            case "rule" -> draft.rule = text(json, value);
            case "output" -> draft.output = text(json, value);
            case "source" -> draft.source = text(json, value);
            case "hostname" -> draft.hostname = text(json, value);
            case "tags" -> readTags(json, value, draft);
            case "output_fields" -> readFields(json, value, draft);
            default -> skip(json, value);
        }
    }

    private static void readTags(JsonParser json, JsonToken value, Draft draft) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            skip(json, value);
            return;
        }
        for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
            String tag = text(json, next);
            if (tag != null && !tag.isBlank() && draft.tags.size() < FalcoEvent.MOST_TAGS) {
                draft.tags.add(tag);
            }
        }
    }

    private static void readFields(JsonParser json, JsonToken value, Draft draft) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            skip(json, value);
            return;
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            FalcoField field = FalcoField.named(json.currentName());
            JsonToken next = json.nextToken();
            if (field == null) {
                skip(json, next);
                continue;
            }
            String text = scalar(json, next);
            if (text == null) {
                draft.fields.remove(field);
            } else {
                draft.fields.put(field, text);
            }
        }
    }

    /** A string; null for anything else, which is skipped. */
    private static @Nullable String text(JsonParser json, @Nullable JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        skip(json, value);
        return null;
    }

    /** A string, number or truth value as text. */
    private static @Nullable String scalar(JsonParser json, @Nullable JsonToken value) throws IOException {
        if (value != null && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
            return json.getText();
        }
        skip(json, value);
        return null;
    }

    private static void skip(JsonParser json, @Nullable JsonToken value) throws IOException {
        int open = 0;
        for (JsonToken at = value; at != null; at = json.nextToken()) {
            if (at.isStructStart()) {
                open++;
                if (json.getParsingContext().getNestingDepth() > MOST_DEPTH) {
                    throw new TooDeepException();
                }
            } else if (at.isStructEnd()) {
                open--;
            }
            if (open == 0) {
                return;
            }
        }
    }

    private static final class TooDeepException extends IOException {}

    static Reading judged(FalcoEvent event, Instant now) {
        if (event.time().isAfter(now.plus(CLOCK_SKEW))) {
            return new Rejected(
                    FalcoRejection.InFuture,
                    "its time is more than %d min ahead: is the node's clock right?".formatted(CLOCK_SKEW.toMinutes()));
        }
        if (event.time().isBefore(now.minus(OLDEST))) {
            return new Rejected(FalcoRejection.TooOld, "it is older than %d min".formatted(OLDEST.toMinutes()));
        }
        return new Read(event);
    }

    /** Null for what is no time with its zone, or outside of the years that are written with four digits. */
    static @Nullable Instant time(String text) {
        if (text.length() > MOST_TIME) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
