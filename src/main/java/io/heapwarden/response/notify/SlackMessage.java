package io.heapwarden.response.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body for an incoming webhook of Slack: {@code text} for notifications and for servers that know no blocks, and blocks for the rest. Bounds are
 * those of Slack's Block Kit reference: 150 characters for a header, 3,000 for a section, 2,000 for a field of one and at most 10 of them.
 */
final class SlackMessage {

    private static final int HEADER = 150;
    private static final int SECTION = 3000;
    private static final int FIELD = 2000;
    private static final int TEXT = 3000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SlackMessage() {}

    /**
     * Writes one.
     *
     * @param labels what the platform team wants to be said with every notice, such as the cluster's name
     */
    static byte[] json(Notice notice, Map<String, String> labels) {
        ObjectNode message = JSON.objectNode();
        String title = title(notice);
        message.put("text", SlackText.escape(title + ": " + notice.sentence(), TEXT));
        // Links of a notice lead into a cluster, where Slack cannot look.
        message.put("unfurl_links", false).put("unfurl_media", false);
        ArrayNode blocks = message.putArray("blocks");
        blocks.addObject()
                .put("type", "header")
                .set("text", text("plain_text", SlackText.escape(title, HEADER)).put("emoji", false));
        if (!notice.sentence().isEmpty()) {
            blocks.addObject()
                    .put("type", "section")
                    .set("text", text("mrkdwn", SlackText.escape(notice.sentence(), SECTION)));
        }
        ArrayNode fields = fields(notice);
        if (!fields.isEmpty()) {
            blocks.addObject().put("type", "section").set("fields", fields);
        }
        String context = context(notice, labels);
        ArrayNode elements = blocks.addObject().put("type", "context").putArray("elements");
        elements.add(text("mrkdwn", context));
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String title(Notice notice) {
        String words = notice.subject().words();
        return notice.kind().title() + (words.isEmpty() ? "" : ": " + words);
    }

    private static ArrayNode fields(Notice notice) {
        ArrayNode fields = JSON.arrayNode();
        field(fields, "Workload", notice.subject().workload());
        field(fields, "Verdict", notice.verdict());
        field(fields, "Culprit", notice.culprit());
        field(
                fields,
                "Exhausted",
                notice.exhaustion() == null ? null : notice.exhaustion().words());
        field(fields, "Policy", notice.subject().policy());
        field(fields, "Report", notice.links().report());
        return fields;
    }

    private static void field(ArrayNode fields, String name, @Nullable Object value) {
        if (value != null) {
            String heading = "*" + name + "*\n";
            fields.add(text("mrkdwn", heading + SlackText.code(value.toString(), FIELD - heading.length())));
        }
    }

    private static String context(Notice notice, Map<String, String> labels) {
        StringBuilder words = new StringBuilder(notice.severity().name());
        words.append(" · since ").append(notice.startsAt());
        if (notice.endsAt() != null) {
            words.append(" · until ").append(notice.endsAt());
        }
        labels.forEach(
                (name, value) -> words.append(" · ").append(name).append('=').append(value));
        StringBuilder context = new StringBuilder(SlackText.escape(words.toString(), FIELD));
        link(context, "Evidence", notice.links().evidence());
        link(context, "Runbook", notice.links().runbook());
        return context.toString();
    }

    private static void link(StringBuilder context, String name, @Nullable URI link) {
        if (link != null) {
            String address = SlackText.escape(link.toASCIIString(), Integer.MAX_VALUE);
            if (context.length() + address.length() + name.length() + 6 <= SECTION) {
                context.append(" · <").append(address).append('|').append(name).append('>');
            }
        }
    }

    private static ObjectNode text(String type, String text) {
        return JSON.objectNode().put("type", type).put("text", text);
    }
}
