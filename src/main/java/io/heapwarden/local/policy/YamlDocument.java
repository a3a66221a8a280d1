package io.heapwarden.local.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One YAML document as plain values, and the line of each field. Paths are written as Kubernetes does: {@code spec.objectives[0].name}. */
final class YamlDocument {

    private static final int DEEPEST = 64;

    private final Map<String, Integer> lines = new HashMap<>();
    private final List<PolicyProblem> problems = new ArrayList<>();
    private final @Nullable Object value;

    YamlDocument(Node root) {
        value = read(root, "", 0);
    }

    @Nullable
    Object value() {
        return value;
    }

    /** What the document itself has wrong. */
    List<PolicyProblem> problems() {
        return problems;
    }

    /** Line of a field, or of the nearest field around it that is there. */
    int line(String path) {
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
        }
        return lines.getOrDefault("", 1);
    }

    static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String parent(String path) {
        int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return end < 0 ? "" : path.substring(0, end);
    }

    private @Nullable Object read(Node node, String path, int depth) {
        lines.putIfAbsent(path, lineOf(node));
        if (depth > DEEPEST) {
            problems.add(new PolicyProblem(line(path), path + ": nested too deeply, or refers to itself"));
            return null;
        }
        return switch (node) {
            case MappingNode mapping -> map(mapping, path, depth);
            case SequenceNode sequence -> list(sequence, path, depth);
            case ScalarNode scalar -> scalar(scalar);
            default -> null;
        };
    }

    private Map<String, @Nullable Object> map(MappingNode node, String path, int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            String at = child(path, key);
            if (map.containsKey(key)) {
                problems.add(new PolicyProblem(
                        lineOf(tuple.getKeyNode()), "\"" + at + "\" is written twice; remove one of the two"));
                continue;
            }
            lines.put(at, lineOf(tuple.getKeyNode()));
            map.put(key, read(tuple.getValueNode(), at, depth + 1));
        }
        return map;
    }

    private List<@Nullable Object> list(SequenceNode node, String path, int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (Node element : node.getValue()) {
            list.add(read(element, path + "[" + list.size() + "]", depth + 1));
        }
        return list;
    }

    private static @Nullable Object scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        try {
            if (tag.equals(Tag.NULL)) {
                return null;
            }
            if (tag.equals(Tag.BOOL)) {
                return Boolean.valueOf(text);
            }
            if (tag.equals(Tag.INT)) {
                return Long.valueOf(text);
            }
            if (tag.equals(Tag.FLOAT)) {
                return Double.valueOf(text);
            }
        } catch (NumberFormatException e) {
            return text;
        }
        return text;
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
