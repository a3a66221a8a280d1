package io.heapwarden.response.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An alert as {@code POST /api/v2/alerts} of an Alertmanager takes it (its api/v2/openapi.yaml, postableAlert).
 *
 * @param labels which alert it is; the same ones name the same alert, also after a restart of the operator
 * @param annotations what is said about it
 * @param generator where it comes from, if that can be looked at
 * @param startsAt since when it fires
 * @param endsAt when Alertmanager takes it for resolved, unless it is sent again
 */
record Alert(
        Map<String, String> labels,
        Map<String, String> annotations,
        @Nullable URI generator,
        Instant startsAt,
        Instant endsAt) {

    Alert {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** The labels of a notice's alert, with those that the platform team adds; where both say something, the notice is right. */
    static Map<String, String> labelsOf(Notice notice, Map<String, String> added) {
        Map<String, String> labels = new TreeMap<>(added);
        Subject subject = notice.subject();
        labels.put("alertname", notice.kind().topic().alertName());
        labels.put("severity", notice.severity().label());
        put(labels, "namespace", subject.namespace());
        put(labels, "pod", subject.pod());
        put(labels, "container", subject.container());
        put(labels, "workload", subject.workload());
        put(labels, "policy", subject.policy());
        put(labels, "verdict", notice.verdict());
        switch (notice.kind().phase()) {
            case Begins, Ends -> {}
            // What happens on one subject is not one alert.
            case Once, Repeats -> labels.put("kind", notice.kind().name());
        }
        put(labels, "discriminator", notice.discriminator());
        return labels;
    }

    static Map<String, String> annotationsOf(Notice notice) {
        Map<String, String> annotations = new TreeMap<>();
        String words = notice.subject().words();
        annotations.put("summary", notice.kind().title() + (words.isEmpty() ? "" : ": " + words));
        put(annotations, "description", notice.sentence().isEmpty() ? null : notice.sentence());
        put(annotations, "state", notice.state());
        put(annotations, "culprit", notice.culprit());
        put(
                annotations,
                "exhaustion",
                notice.exhaustion() == null ? null : notice.exhaustion().words());
        put(annotations, "report", notice.links().report());
        put(annotations, "evidence", notice.links().evidence());
        put(annotations, "runbook_url", notice.links().runbook());
        return annotations;
    }

    static byte[] json(List<Alert> alerts) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Alert alert : alerts) {
            ObjectNode node = all.addObject();
            ObjectNode labels = node.putObject("labels");
            alert.labels().forEach(labels::put);
            ObjectNode annotations = node.putObject("annotations");
            alert.annotations().forEach(annotations::put);
            node.put("startsAt", alert.startsAt().toString());
            node.put("endsAt", alert.endsAt().toString());
            if (alert.generator() != null) {
                node.put("generatorURL", alert.generator().toASCIIString());
            }
        }
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void put(Map<String, String> texts, String name, @Nullable Object value) {
        if (value != null) {
            texts.put(name, value.toString());
        }
    }
}
