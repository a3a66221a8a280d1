package io.heapwarden.local.policy;

import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds a value against the structural schema of a CRD and its rules, in the API server's order and words: unknown fields, types, defaults,
 * bounds, then the rules in CEL. Knows the part of OpenAPI v3 that the CRD uses.
 */
final class PolicySchema {

    private static final String RULES = "x-kubernetes-validations";

    private final List<Finding> findings = new ArrayList<>();

    /**
     * One field that is not as it should be.
     *
     * @param path the field
     * @param message in words
     * @param byForm whether only its form is wrong; a rule of the same field says so in better words
     */
    record Finding(String path, String message, boolean byForm) {}

    /** Checks a value and fills in defaults where nothing is set. */
    static List<Finding> check(Map<String, ?> schema, @Nullable Object value, String path) {
        PolicySchema check = new PolicySchema();
        check.value(schema, value, path);
        return check.findings.stream()
                .filter(finding -> !finding.byForm() || check.onlyOneOf(finding.path()))
                .toList();
    }

    private boolean onlyOneOf(String path) {
        return findings.stream()
                .noneMatch(other -> !other.byForm() && other.path().equals(path));
    }

    private void value(Map<String, ?> schema, @Nullable Object value, String path) {
        if (Boolean.TRUE.equals(schema.get("x-kubernetes-int-or-string"))) {
            if (!(value instanceof Long) && !(value instanceof String)) {
                found(path, "Invalid value: must be an integer or a string");
            }
            return;
        }
        String type = String.valueOf(schema.get("type"));
        if (!type.equals(typeOf(value)) && !(type.equals("number") && value instanceof Long)) {
            found(
                    path,
                    "Invalid value: \"%s\": %s in body must be of type %s: \"%s\"%s"
                            .formatted(typeOf(value), path, type, typeOf(value), quoteIt(type, value)));
            return;
        }
        switch (value) {
            case Map<?, ?> map -> object(schema, asObject(map), path);
            case List<?> list -> array(schema, list, path);
            case String text -> text(schema, text, path);
            case Number number -> number(schema, number, path);
            case null, default -> {}
        }
    }

    private void object(Map<String, ?> schema, Map<String, @Nullable Object> object, String path) {
        int before = findings.size();
        Map<String, Object> properties = fieldsIn(schema, "properties");
        if (schema.get("additionalProperties") instanceof Map<?, ?> each) {
            object.forEach((key, value) -> value(asFields(each), value, YamlDocument.child(path, key)));
            most(schema, "maxProperties", object.size(), path, "properties");
        } else {
            object.keySet().stream()
                    .filter(key -> !properties.containsKey(key))
                    .forEach(key -> unknown(path, key, properties));
        }
        object.values().removeIf(value -> value == null);
        properties.forEach((name, of) -> {
            Map<String, Object> field = asFields((Map<?, ?>) of);
            Object preset = field.get("default");
            if (preset != null) {
                object.putIfAbsent(name, preset instanceof Integer number ? Long.valueOf(number) : preset);
            }
            if (object.containsKey(name)) {
                value(field, object.get(name), YamlDocument.child(path, name));
            }
        });
        for (Object name : listIn(schema, "required")) {
            if (!object.containsKey(String.valueOf(name))) {
                found(YamlDocument.child(path, String.valueOf(name)), "Required value");
            }
        }
        rules(schema, object, path, findings.size() == before);
    }

    private void unknown(String path, String key, Map<String, Object> known) {
        String nearest = known.keySet().stream()
                .filter(name -> EditDistance.of(name, key) <= 2)
                .findFirst()
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElseGet(() -> "; known are " + String.join(", ", new TreeSet<>(known.keySet())));
        findings.add(new Finding(
                YamlDocument.child(path, key),
                "unknown field \"" + YamlDocument.child(path, key) + "\"" + nearest,
                false));
    }

    private void array(Map<String, ?> schema, List<?> list, String path) {
        if (schema.get("minItems") instanceof Number least && list.size() < least.intValue()) {
            found(path, "Invalid value: %s in body should have at least %d items".formatted(path, least.intValue()));
        }
        most(schema, "maxItems", list.size(), path, "items");
        Map<String, Object> items = fieldsIn(schema, "items");
        for (int i = 0; i < list.size(); i++) {
            value(items, list.get(i), path + "[" + i + "]");
        }
    }

    private void text(Map<String, ?> schema, String text, String path) {
        List<?> supported = listIn(schema, "enum");
        if (!supported.isEmpty() && !supported.contains(text)) {
            String values = String.join(
                    ", ",
                    supported.stream()
                            .map(value -> "\"" + value + "\"")
                            .sorted()
                            .toList());
            found(path, "Unsupported value: \"" + text + "\": supported values: " + values);
        }
        if (schema.get("maxLength") instanceof Number most && text.length() > most.intValue()) {
            byForm(path, "Too long: may not be more than " + most.intValue() + " characters");
        }
        if (schema.get("minLength") instanceof Number least && text.length() < least.intValue()) {
            byForm(path, "Invalid value: must have at least " + least.intValue() + " characters");
        }
        if (schema.get("pattern") instanceof String pattern && !text.matches(pattern)) {
            byForm(path, "Invalid value: \"" + text + "\": must match " + pattern);
        }
    }

    private void number(Map<String, ?> schema, Number number, String path) {
        if (schema.get("minimum") instanceof Number least && number.doubleValue() < least.doubleValue()) {
            found(path, bound(path, number, "greater", least));
        }
        if (schema.get("maximum") instanceof Number most && number.doubleValue() > most.doubleValue()) {
            found(path, bound(path, number, "less", most));
        }
    }

    private static String bound(String path, Number number, String side, Number bound) {
        return "Invalid value: %s: %s in body should be %s than or equal to %d"
                .formatted(number, path, side, bound.longValue());
    }

    private void most(Map<String, ?> schema, String bound, int size, String path, String what) {
        if (schema.get(bound) instanceof Number most && size > most.intValue()) {
            found(path, "Too many: " + size + ": must have at most " + most.intValue() + " " + what);
        }
    }

    private void rules(Map<String, ?> schema, Map<String, @Nullable Object> object, String path, boolean formIsRight) {
        for (Object each : listIn(schema, RULES)) {
            Map<String, Object> rule = asFields((Map<?, ?>) each);
            try {
                if (!CelRule.holds(String.valueOf(rule.get("rule")), object)) {
                    Object field = rule.get("fieldPath");
                    found(path + (field == null ? "" : field), "Invalid value: " + rule.get("message"));
                }
            } catch (CelEvaluationException e) {
                if (formIsRight) {
                    found(path, "Invalid value: " + rule.get("message"));
                }
            }
        }
    }

    private void found(String path, String message) {
        findings.add(new Finding(path, path + ": " + message, false));
    }

    private void byForm(String path, String message) {
        findings.add(new Finding(path, path + ": " + message, true));
    }

    private static String quoteIt(String wanted, @Nullable Object value) {
        return wanted.equals("string") && (value instanceof Number || value instanceof Boolean)
                ? "; put it in quotes: \"" + value + "\""
                : "";
    }

    private static String typeOf(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> map -> "object";
            case List<?> list -> "array";
            case Boolean bool -> "boolean";
            case Long number -> "integer";
            case Number number -> "number";
            default -> "string";
        };
    }

    private static Map<String, Object> fieldsIn(Map<String, ?> schema, String name) {
        return schema.get(name) instanceof Map<?, ?> map ? asFields(map) : new TreeMap<>();
    }

    private static List<?> listIn(Map<String, ?> schema, String name) {
        return schema.get(name) instanceof List<?> list ? list : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> asObject(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }

    /** Keys of YAML read by us are texts. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> asFields(Map<?, ?> map) {
        return map instanceof LinkedHashMap
                ? (Map<String, Object>) map
                : new LinkedHashMap<>((Map<String, Object>) map);
    }
}
