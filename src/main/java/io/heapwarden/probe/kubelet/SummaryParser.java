package io.heapwarden.probe.kubelet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.probe.kubelet.NodeMemory.ContainerKey;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the kubelet's {@code stats/summary} token by token: of some 10 KB a pod, a few numbers are kept. */
final class SummaryParser {

    private static final int DEEPEST = 32;
    private static final int LONGEST_TEXT = 64 << 10;
    private static final int LONGEST_NUMBER = 64;

    /** Most containers of a node that are believed; Kubernetes recommends 110 pods a node. */
    static final int MOST_CONTAINERS = 20_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    private final JsonParser json;
    private final Map<ContainerKey, ContainerMemory> containers = new HashMap<>();
    private String nodeName = "";
    private ContainerMemory node = ContainerMemory.UNKNOWN;

    private SummaryParser(JsonParser json) {
        this.json = json;
    }

    /**
     * @param body the answer
     * @param length how much of it counts
     * @param readAt when it was asked for
     * @throws MalformedOutputException when it is no summary
     */
    static NodeMemory parse(byte[] body, int length, Instant readAt) throws MalformedOutputException {
        try (JsonParser json = JSON.createParser(body, 0, length)) {
            SummaryParser parser = new SummaryParser(json);
            parser.summary();
            return new NodeMemory(parser.nodeName, readAt, parser.node, Map.copyOf(parser.containers));
        } catch (IOException e) {
            // Jackson quotes the input in its messages; where it stands is enough.
            throw new MalformedOutputException("the answer is no stats summary in JSON");
        }
    }

    private void summary() throws IOException, MalformedOutputException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new MalformedOutputException("the answer is no stats summary: no object at its start");
        }
        boolean known = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "node" -> {
                    if (json.nextToken() == JsonToken.START_OBJECT) {
                        known = true;
                        node();
                    } else {
                        json.skipChildren();
                    }
                }
                case "pods" -> {
                    if (json.nextToken() == JsonToken.START_ARRAY) {
                        pods();
                    } else {
                        json.skipChildren();
                    }
                }
                default -> skip();
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
            throw new MalformedOutputException("the stats summary has something behind its end");
        }
        if (!known || nodeName.isEmpty()) {
            throw new MalformedOutputException("the answer is no stats summary: it names no node");
        }
    }

    private void node() throws IOException, MalformedOutputException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "nodeName" -> nodeName = text();
                case "memory" -> node = memory();
                default -> skip();
            }
        }
    }

    private void pods() throws IOException, MalformedOutputException {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String uid = "";
            Map<String, ContainerMemory> found = new HashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                switch (json.currentName()) {
                    case "podRef" -> uid = uid();
                    case "containers" -> found = containersOfPod();
                    default -> skip();
                }
            }
            if (!uid.isEmpty()) {
                for (Map.Entry<String, ContainerMemory> container : found.entrySet()) {
                    containers.put(new ContainerKey(uid, container.getKey()), container.getValue());
                }
            }
            if (containers.size() > MOST_CONTAINERS) {
                throw new MalformedOutputException("the node has more than " + MOST_CONTAINERS + " containers");
            }
        }
    }

    private String uid() throws IOException {
        String uid = "";
        if (json.nextToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return uid;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            if (json.currentName().equals("uid")) {
                uid = text();
            } else {
                skip();
            }
        }
        return uid;
    }

    private Map<String, ContainerMemory> containersOfPod() throws IOException, MalformedOutputException {
        Map<String, ContainerMemory> found = new HashMap<>();
        if (json.nextToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return found;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String name = "";
            ContainerMemory memory = ContainerMemory.UNKNOWN;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                switch (json.currentName()) {
                    case "name" -> name = text();
                    case "memory" -> memory = memory();
                    default -> skip();
                }
            }
            if (!name.isEmpty() && found.size() <= MOST_CONTAINERS) {
                found.put(name, memory);
            }
        }
        return found;
    }

    private ContainerMemory memory() throws IOException, MalformedOutputException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return ContainerMemory.UNKNOWN;
        }
        Instant at = null;
        Long rss = null;
        Long workingSet = null;
        Long usage = null;
        Long available = null;
        Map<String, Pressure> pressure = Map.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "time" -> at = time();
                case "rssBytes" -> rss = size();
                case "workingSetBytes" -> workingSet = size();
                case "usageBytes" -> usage = size();
                case "availableBytes" -> available = size();
                case "psi" -> pressure = pressure();
                default -> skip();
            }
        }
        return new ContainerMemory(at, rss, workingSet, usage, available, pressure.get("some"), pressure.get("full"));
    }

    private Map<String, Pressure> pressure() throws IOException, MalformedOutputException {
        Map<String, Pressure> found = new HashMap<>();
        if (json.nextToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return found;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String kind = json.currentName();
            boolean known = kind.equals("some") || kind.equals("full");
            if (!known || json.nextToken() != JsonToken.START_OBJECT) {
                if (!known) {
                    json.nextToken();
                }
                json.skipChildren();
                continue;
            }
            Long total = null;
            Map<String, Double> averages = new HashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                switch (field) {
                    case "total" -> total = size();
                    case "avg10", "avg60", "avg300" -> {
                        JsonToken value = json.nextToken();
                        if (value == JsonToken.VALUE_NUMBER_FLOAT || value == JsonToken.VALUE_NUMBER_INT) {
                            averages.put(field, json.getDoubleValue());
                        } else {
                            json.skipChildren();
                        }
                    }
                    default -> skip();
                }
            }
            found.put(kind, new Pressure(total, averages.get("avg10"), averages.get("avg60"), averages.get("avg300")));
        }
        return found;
    }

    private void skip() throws IOException {
        json.nextToken();
        json.skipChildren();
    }

    private String text() throws IOException {
        if (json.nextToken() == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        json.skipChildren();
        return "";
    }

    private @Nullable Long size() throws IOException, MalformedOutputException {
        if (json.nextToken() != JsonToken.VALUE_NUMBER_INT) {
            json.skipChildren();
            return null;
        }
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER || json.getLongValue() < 0) {
            throw new MalformedOutputException("the stats summary has a size that cannot be");
        }
        return json.getLongValue();
    }

    private @Nullable Instant time() throws IOException {
        String text = text();
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
