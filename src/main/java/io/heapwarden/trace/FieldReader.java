package io.heapwarden.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one line. A null counts as a field that is not there, unknown fields are passed over. */
final class FieldReader {

    /** Larger sizes and counts than this are garbage; sums of a few cannot overflow below it. */
    private static final long LARGEST = 1L << 60;

    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int QUOTED_CHARACTERS = 60;

    private final JsonParser json;

    private FieldReader(JsonParser json) {
        this.json = json;
    }

    /** Does something with the value of a field. */
    interface Field {
        void read(String name, FieldReader value) throws IOException;
    }

    /**
     * Visits the fields of the object that a line is.
     *
     * @throws BadFieldException when the line is no JSON object, or the visitor finds a value wrong
     */
    static void readLine(JsonFactory factory, byte[] line, int length, Field field) throws IOException {
        try (JsonParser json = factory.createParser(line, 0, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BadFieldException("is no JSON object");
            }
            new FieldReader(json).fields(field);
            if (json.nextToken() != null) {
                throw new BadFieldException("goes on after its JSON object");
            }
        } catch (JsonProcessingException e) {
            throw broken(e);
        }
    }

    /** The time in a field of the object that a line is, and no look at what follows it; null when there is no such field. */
    static @Nullable Instant timeIn(JsonFactory factory, byte[] line, int length, String name) throws IOException {
        try (JsonParser json = factory.createParser(line, 0, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BadFieldException("is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals(name);
                json.nextToken();
                if (wanted) {
                    return new FieldReader(json).time(name);
                }
                json.skipChildren();
            }
            return null;
        } catch (JsonProcessingException e) {
            throw broken(e);
        }
    }

    private static BadFieldException broken(JsonProcessingException e) {
        return new BadFieldException("is no JSON object: " + firstLine(e.getOriginalMessage()) + " (column "
                + e.getLocation().getColumnNr() + ")");
    }

    /** Visits the fields of an object, none for null. */
    void object(String name, Field field) throws IOException {
        if (absent()) {
            return;
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(name, "an object");
        }
        fields(field);
    }

    private void fields(Field field) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            field.read(name, this);
        }
    }

    /** Passes over a field. */
    void skip() throws IOException {
        json.skipChildren();
    }

    boolean absent() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    /** A size or a count. */
    @Nullable
    Long count(String name) throws IOException {
        if (absent()) {
            return null;
        }
        double number = isNumber() ? json.getDoubleValue() : -1;
        if (!(number >= 0 && number < LARGEST)) {
            throw wrong(name, "a number from 0 to 2^60");
        }
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT
                ? Long.valueOf(json.getLongValue())
                : Long.valueOf((long) number);
    }

    @Nullable
    Double seconds(String name) throws IOException {
        if (absent()) {
            return null;
        }
        double number = isNumber() ? json.getDoubleValue() : -1;
        if (!(number >= 0 && number <= LARGEST)) {
            throw wrong(name, "a number of seconds");
        }
        return number;
    }

    private boolean isNumber() {
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT || json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT;
    }

    @Nullable
    Boolean flag(String name) throws IOException {
        if (absent()) {
            return null;
        }
        if (json.currentToken() != JsonToken.VALUE_TRUE && json.currentToken() != JsonToken.VALUE_FALSE) {
            throw wrong(name, "true or false");
        }
        return json.getBooleanValue();
    }

    @Nullable
    String text(String name) throws IOException {
        if (absent()) {
            return null;
        }
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(name, "a text");
        }
        return json.getText();
    }

    /** A point in time; one without an offset is in UTC. */
    @Nullable
    Instant time(String name) throws IOException {
        String text = text(name);
        if (text == null) {
            return null;
        }
        Instant time = parsed(text);
        if (time == null || time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw wrong(name, "a time after 1970 as in 2026-11-23T08:01:00Z");
        }
        return time;
    }

    private static @Nullable Instant parsed(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException withoutOffset) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                return null;
            }
        }
    }

    /**
     * Reads the two numbers of a class.
     *
     * @return instances and bytes
     */
    long[] pair(String name) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw wrong(name, "an array of instances and bytes");
        }
        json.nextToken();
        Long instances = count(name);
        json.nextToken();
        Long bytes = count(name);
        if (instances == null || bytes == null || json.nextToken() != JsonToken.END_ARRAY) {
            throw new BadFieldException(name + " is not an array of instances and bytes, nothing else");
        }
        return new long[] {instances, bytes};
    }

    BadFieldException wrong(String name, String wanted) throws IOException {
        String found = json.currentToken() != null && json.currentToken().isScalarValue()
                ? "'" + shortened(json.getText()) + "'"
                : String.valueOf(json.currentToken()).toLowerCase(Locale.ROOT).replace('_', ' ');
        return new BadFieldException(shortened(name) + " is " + found + " and must be " + wanted);
    }

    private static String shortened(String text) {
        String head = text.length() <= QUOTED_CHARACTERS ? text : text.substring(0, QUOTED_CHARACTERS) + "...";
        return head.replaceAll("\\p{Cntrl}", "?");
    }

    private static String firstLine(String message) {
        return shortened(message.lines().findFirst().orElse(""));
    }
}
