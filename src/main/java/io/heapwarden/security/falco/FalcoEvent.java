package io.heapwarden.security.falco;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Falco says happened once. All texts are bounded and hold no control characters; nothing in it is to be trusted, and {@link #output()} and the command
 * lines may hold secrets.
 *
 * @param time when it happened, by the node's clock
 * @param priority of the rule
 * @param rule name of the rule, at most {@value #MOST_RULE} characters
 * @param output the rule's sentence, at most {@value #MOST_OUTPUT} characters; empty when it was not sent
 * @param source such as syscall or k8s_audit; empty when it was not sent
 * @param hostname the node, as Falco names it; empty when it was not sent
 * @param tags of the rule, at most {@value #MOST_TAGS}
 * @param fields those that say something
 */
public record FalcoEvent(
        Instant time,
        FalcoPriority priority,
        String rule,
        String output,
        String source,
        String hostname,
        List<String> tags,
        Map<FalcoField, String> fields) {

    static final int MOST_RULE = 256;
    static final int MOST_OUTPUT = 2048;
    static final int MOST_SOURCE = 64;
    static final int MOST_HOSTNAME = 253;
    static final int MOST_TAGS = 32;
    static final int MOST_TAG = 64;

    /** An object's header, references and an array's header for each of about twenty objects. */
    private static final int FRAME_BYTES = 1024;

    public FalcoEvent {
        rule = PlainText.of(rule, MOST_RULE);
        output = PlainText.of(output, MOST_OUTPUT);
        source = PlainText.of(source, MOST_SOURCE);
        hostname = PlainText.of(hostname, MOST_HOSTNAME);
        tags = tags.stream()
                .limit(MOST_TAGS)
                .map(tag -> PlainText.of(tag, MOST_TAG))
                .toList();
        Map<FalcoField, String> kept = new EnumMap<>(FalcoField.class);
        fields.forEach((field, value) -> {
            String read = field.read(value);
            if (read != null) {
                kept.put(field, read);
            }
        });
        fields = Collections.unmodifiableMap(kept);
    }

    /** What a field says; null where it says nothing. */
    public @Nullable String field(FalcoField field) {
        return fields.get(field);
    }

    /** Bytes of heap it takes, no less than it does: two a character. */
    long bytes() {
        long characters = rule.length() + output.length() + source.length() + hostname.length();
        for (String tag : tags) {
            characters += tag.length();
        }
        for (String value : fields.values()) {
            characters += value.length();
        }
        return FRAME_BYTES + 2 * characters;
    }
}
