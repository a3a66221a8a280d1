package io.heapwarden.response.notify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body for a webhook, whose fields docs/notifications.md describes. Fields that say nothing are left out. */
final class WebhookBody {

    /** Goes up when a field changes its meaning or goes away; new fields come without that. */
    static final int VERSION = 1;

    private WebhookBody() {}

    /** Writes one: the same bytes whenever the same letter is sent again. */
    static byte[] json(Letter letter, String receiver, Map<String, String> labels) {
        Notice notice = letter.notice();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("version", VERSION).put("id", letter.id()).put("receiver", receiver);
        body.put("kind", notice.kind().name());
        body.put("status", status(notice));
        body.put("severity", notice.severity().name());
        body.put("fingerprint", notice.fingerprint()).put("incident", notice.incident());
        Subject subject = notice.subject();
        put(body, "namespace", subject.namespace());
        put(body, "pod", subject.pod());
        put(body, "container", subject.container());
        put(body, "workload", subject.workload());
        put(body, "policy", subject.policy());
        put(body, "state", notice.state());
        put(body, "verdict", notice.verdict());
        put(body, "culprit", notice.culprit());
        put(body, "discriminator", notice.discriminator());
        ExhaustionWindow exhaustion = notice.exhaustion();
        if (exhaustion != null) {
            ObjectNode window = body.putObject("exhaustion");
            put(window, "signal", exhaustion.signal());
            put(window, "earliest", exhaustion.earliest());
            put(window, "latest", exhaustion.latest());
        }
        body.put("sentence", notice.sentence());
        links(body, notice.links());
        put(body, "startsAt", notice.startsAt());
        put(body, "endsAt", notice.endsAt());
        if (!labels.isEmpty()) {
            ObjectNode given = body.putObject("labels");
            labels.forEach(given::put);
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String status(Notice notice) {
        return switch (notice.kind().phase()) {
            case Begins -> "Firing";
            case Ends -> "Resolved";
            case Once, Repeats -> "Happened";
        };
    }

    private static void links(ObjectNode body, Links links) {
        if (links.equals(Links.NONE)) {
            return;
        }
        ObjectNode node = body.putObject("links");
        put(node, "report", links.report());
        put(node, "evidence", links.evidence());
        put(node, "runbook", links.runbook());
    }

    private static void put(ObjectNode body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value.toString());
        }
    }
}
