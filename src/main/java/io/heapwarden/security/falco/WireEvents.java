package io.heapwarden.security.falco;

import com.google.protobuf.Timestamp;
import io.heapwarden.security.falco.Reading.Rejected;
import io.heapwarden.security.falco.wire.outputs.OutputsProto;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads what came by gRPC, from any Falco that has it. */
final class WireEvents {

    private static final List<FalcoPriority> BY_NUMBER = List.of(FalcoPriority.values());

    private WireEvents() {}

    static Reading read(OutputsProto.response message, Instant now) {
        if (message.getSerializedSize() > FalcoEventParser.MOST_BYTES) {
            return new Rejected(
                    FalcoRejection.TooLarge, "an event has at most %d bytes".formatted(FalcoEventParser.MOST_BYTES));
        }
        if (message.getRule().isBlank()) {
            return new Rejected(FalcoRejection.NoRule, "no rule is named");
        }
        int priority = message.getPriorityValue();
        if (priority < 0 || priority >= BY_NUMBER.size()) {
            return new Rejected(FalcoRejection.UnknownPriority, "the priority is none of Falco's");
        }
        if (!message.hasTime()) {
            return new Rejected(FalcoRejection.TimeUnreadable, "the time is missing");
        }
        Instant at;
        try {
            Timestamp time = message.getTime();
            at = Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
        } catch (DateTimeException | ArithmeticException e) {
            return new Rejected(FalcoRejection.TimeUnreadable, "the time is out of range");
        }
        FalcoEvent event = new FalcoEvent(
                at,
                BY_NUMBER.get(priority),
                message.getRule(),
                message.getOutput(),
                source(message),
                message.getHostname(),
                message.getTagsList(),
                fields(message));
        return FalcoEventParser.judged(event, now);
    }

    private static String source(OutputsProto.response message) {
        return message.getSource().isEmpty()
                ? message.getSourceBefore().name().toLowerCase(Locale.ROOT)
                : message.getSource();
    }

    private static Map<FalcoField, String> fields(OutputsProto.response message) {
        Map<FalcoField, String> fields = new EnumMap<>(FalcoField.class);
        for (FalcoField field : FalcoField.values()) {
            String value = message.getOutputFieldsMap().get(field.key());
            if (value != null) {
                fields.put(field, value);
            }
        }
        return fields;
    }
}
