package io.heapwarden.evidence.chain;

import io.heapwarden.evidence.chain.OldObjectSample.Link;
import io.heapwarden.evidence.chain.OldObjectSample.Root;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordedStackTrace;
import org.jspecify.annotations.Nullable;

/** One event {@code jdk.OldObjectSample} as the JDK's reader gives it, turned into ours; its fields are those of HotSpot's metadata.xml. */
final class RecordedSample {

    /** A JVM writes at most 200 links: a hundred from either end. */
    static final int MAX_LINKS = 256;

    static final int MAX_FRAMES = 16;
    static final int MAX_TEXT = 512;

    private static final String UNKNOWN = "unknown";

    private RecordedSample() {}

    static OldObjectSample of(RecordedEvent event) {
        RecordedObject object = event.getValue("object");
        int elements = event.getInt("arrayElements");
        return new OldObjectSample(
                className(object),
                elements < 0 ? null : elements,
                instant(event, "allocationTime"),
                duration(event, "objectAge"),
                event.hasField("lastKnownHeapUsage") ? Math.max(0, event.getLong("lastKnownHeapUsage")) : 0,
                frames(event.getStackTrace()),
                links(object),
                root(event.getValue("root")));
    }

    private static List<Link> links(@Nullable RecordedObject sampled) {
        List<Link> links = new ArrayList<>();
        RecordedObject reference = sampled == null ? null : sampled.getValue("referrer");
        while (reference != null && links.size() < MAX_LINKS) {
            RecordedObject holder = reference.getValue("object");
            if (holder == null) {
                break;
            }
            links.add(link(reference, holder));
            reference = holder.getValue("referrer");
        }
        return links;
    }

    private static Link link(RecordedObject reference, RecordedObject holder) {
        RecordedObject field = reference.getValue("field");
        RecordedObject array = reference.getValue("array");
        return new Link(
                className(holder),
                text(holder, "description"),
                field == null ? null : text(field, "name"),
                field != null && Modifier.isStatic(field.getShort("modifiers")),
                array == null ? null : array.getInt("index"),
                array == null ? null : array.getInt("size"),
                Math.max(0, reference.getInt("skip")));
    }

    private static @Nullable Root root(@Nullable RecordedObject root) {
        if (root == null) {
            return null;
        }
        String system = text(root, "system");
        String type = text(root, "type");
        return new Root(system == null ? UNKNOWN : system, type == null ? UNKNOWN : type, text(root, "description"));
    }

    private static List<String> frames(@Nullable RecordedStackTrace stack) {
        return stack == null
                ? List.of()
                : stack.getFrames().stream()
                        .limit(MAX_FRAMES)
                        .map(RecordedSample::frame)
                        .toList();
    }

    private static String frame(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        String name = method == null
                ? UNKNOWN
                : shortened(
                                method.getType() == null
                                        ? UNKNOWN
                                        : method.getType().getName())
                        + '.'
                        + shortened(String.valueOf(method.getName()));
        return frame.getLineNumber() > 0 ? name + ':' + frame.getLineNumber() : name;
    }

    private static String className(@Nullable RecordedObject object) {
        RecordedClass type = object == null ? null : object.getValue("type");
        return type == null || type.getName() == null ? UNKNOWN : ClassText.plain(shortened(type.getName()));
    }

    private static @Nullable String text(RecordedObject of, String field) {
        String text = of.getString(field);
        return text == null ? null : shortened(text);
    }

    /** Fit for a line that people read: bounded, and without what moves a terminal's cursor. */
    private static String shortened(String text) {
        String head = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
        return head.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Instant instant(RecordedEvent event, String field) {
        return event.hasField(field) ? event.getInstant(field) : event.getStartTime();
    }

    /** The age of an object is told from JDK 14 on. */
    private static Duration duration(RecordedEvent event, String field) {
        Duration age = event.hasField(field)
                ? event.getDuration(field)
                : Duration.between(instant(event, "allocationTime"), event.getStartTime());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
