package io.heapwarden.security.falco;

import io.heapwarden.security.falco.Reading.Rejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was read of an event so far. */
final class Draft {

    @Nullable
    String time;

    @Nullable
    String priority;

    @Nullable
    String rule;

    @Nullable
    String output;

    @Nullable
    String source;

    @Nullable
    String hostname;

    final List<String> tags = new ArrayList<>();
    final Map<FalcoField, String> fields = new EnumMap<>(FalcoField.class);

    /** The event, when all is there that makes one. */
    Reading checked(Instant now) {
        if (rule == null || rule.isBlank()) {
            return new Rejected(FalcoRejection.NoRule, "no rule is named");
        }
        FalcoPriority known = priority == null ? null : FalcoPriority.named(priority);
        if (known == null) {
            return new Rejected(FalcoRejection.UnknownPriority, "the priority is none of Falco's");
        }
        Instant at = time == null ? null : FalcoEventParser.time(time);
        if (at == null) {
            return new Rejected(
                    FalcoRejection.TimeUnreadable, "the time is not of the form 2026-09-21T14:13:20.000000000Z");
        }
        FalcoEvent event =
                new FalcoEvent(at, known, rule, orEmpty(output), orEmpty(source), orEmpty(hostname), tags, fields);
        return FalcoEventParser.judged(event, now);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
