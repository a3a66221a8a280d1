package io.heapwarden.security.images;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads fields of a report, which comes from outside: texts are cut and have no control characters, and what has the wrong type is as if it were not there. */
final class ReportNode {

    private static final int LONGEST = 300;

    private ReportNode() {}

    /** A text field; empty when it is missing. */
    static String text(JsonNode node, String field) {
        return shown(node.path(field).asText(""));
    }

    static String shown(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    /** A field that holds a time. */
    static @Nullable Instant time(JsonNode node, String field) {
        try {
            return OffsetDateTime.parse(node.path(field).asText("")).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * A list that has to be there.
     *
     * @throws ReportFormatException when it is something else
     */
    static JsonNode list(JsonNode node, String field, String path) throws ReportFormatException {
        JsonNode list = node.path(field);
        if (!list.isArray()) {
            throw new ReportFormatException(path + (list.isMissingNode() ? " is missing" : " is not a list")
                    + ", which a report of its kind has");
        }
        return list;
    }

    /**
     * An id that has to be there.
     *
     * @throws ReportFormatException when it is not
     */
    static String id(JsonNode node, String field, String path) throws ReportFormatException {
        String id = text(node, field);
        if (id.isBlank()) {
            throw new ReportFormatException(path + "." + field + " is missing or empty");
        }
        return id;
    }
}
