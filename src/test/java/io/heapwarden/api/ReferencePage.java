package io.heapwarden.api;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** docs/reference.md: one table for each object of the CRDs' schemas. */
final class ReferencePage {

    private static final String KUBERNETES_API = "https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/";

    /** Fields of a type that Kubernetes itself documents. */
    private static final Map<String, String> KUBERNETES_TYPES =
            Map.of("conditions", "list of [Condition](" + KUBERNETES_API + "#condition-v1-meta)");

    private final StringBuilder page = new StringBuilder();

    private ReferencePage() {}

    static String of(List<CustomResourceDefinition> crds) {
        ReferencePage reference = new ReferencePage();
        reference.line("# Field reference");
        reference.line("");
        reference.line("<!-- Generated from the CRDs by `make generate`; edit src/main/java/io/heapwarden/api. -->");
        reference.line("");
        reference.line(
                "A duration is one whole number and one unit: `500ms`, `30s`, `10m`, `6h`, `30d`; a day is 24 hours.");
        reference.line("A quantity is written as in Kubernetes: `64Mi` for bytes, `100000` for a count.");
        reference.line("A rule is checked by the API server, which refuses the resource with the sentence given here.");
        crds.forEach(reference::kind);
        return reference.page.toString();
    }

    private void kind(CustomResourceDefinition crd) {
        var names = crd.getSpec().getNames();
        CustomResourceDefinitionVersion version = crd.getSpec().getVersions().getFirst();
        line("");
        line("## " + names.getKind());
        line("");
        line("`" + crd.getSpec().getGroup() + "/" + version.getName() + "`, "
                + crd.getSpec().getScope().toLowerCase(Locale.ROOT) + ", short name `"
                + String.join("`, `", names.getShortNames()) + "`.");
        Map<String, JSONSchemaProps> parts =
                version.getSchema().getOpenAPIV3Schema().getProperties();
        for (String part : List.of("spec", "status")) {
            if (parts.containsKey(part) && parts.get(part).getProperties() != null) {
                object(part, parts.get(part));
            }
        }
    }

    private void object(String path, JSONSchemaProps schema) {
        line("");
        line("### " + path);
        line("");
        Optional.ofNullable(schema.getDescription()).ifPresent(text -> {
            line(text);
            line("");
        });
        line("| field | type | default | bounds | description |");
        line("|---|---|---|---|---|");
        schema.getProperties()
                .forEach((name, field) -> row(name, field, schema.getRequired().contains(name)));
        rules(schema);
        schema.getProperties().forEach((name, field) -> {
            if (!KUBERNETES_TYPES.containsKey(name)) {
                child(path + "." + name, field);
            }
        });
    }

    private void child(String path, JSONSchemaProps field) {
        if (hasFields(field)) {
            object(path, field);
        } else if (isList(field) && hasFields(itemOf(field))) {
            object(path + "[]", itemOf(field));
        }
    }

    private void row(String name, JSONSchemaProps field, boolean required) {
        line("| `" + name + "`" + (required ? ", required" : "") + " | "
                + KUBERNETES_TYPES.getOrDefault(name, type(field)) + " | "
                + (field.getDefault() == null ? "" : "`" + field.getDefault().asText() + "`") + " | "
                + escape(bounds(field)) + " | "
                + escape(Optional.ofNullable(field.getDescription()).orElse("")) + " |");
    }

    private void rules(JSONSchemaProps schema) {
        List<ValidationRule> rules = schema.getXKubernetesValidations();
        if (rules == null || rules.isEmpty()) {
            return;
        }
        line("");
        line("Rules:");
        line("");
        rules.forEach(rule -> line("- " + rule.getMessage()));
    }

    private static String type(JSONSchemaProps field) {
        if (isList(field)) {
            return "list of " + (hasFields(itemOf(field)) ? "objects" : type(itemOf(field)) + "s");
        }
        if (Boolean.TRUE.equals(field.getXKubernetesIntOrString())) {
            return "integer or string";
        }
        return field.getType();
    }

    private static String bounds(JSONSchemaProps field) {
        List<String> bounds = new ArrayList<>();
        if (field.getEnum() != null && !field.getEnum().isEmpty()) {
            bounds.add(field.getEnum().stream()
                    .map(value -> "`" + value.asText() + "`")
                    .collect(Collectors.joining(", ")));
        }
        range(bounds, field.getMinimum(), field.getMaximum(), "");
        range(bounds, field.getMinItems(), field.getMaxItems(), " entries");
        range(bounds, field.getMinLength(), field.getMaxLength(), " characters");
        if (field.getPattern() != null) {
            bounds.add("`" + field.getPattern() + "`");
        }
        if (isList(field) && !hasFields(itemOf(field)) && !bounds(itemOf(field)).isEmpty()) {
            bounds.add("each: " + bounds(itemOf(field)));
        }
        return String.join("; ", bounds);
    }

    private static void range(List<String> bounds, Number least, Number most, String unit) {
        if (least != null && most != null) {
            bounds.add(least.longValue() + " to " + most.longValue() + unit);
        } else if (most != null) {
            bounds.add("at most " + most.longValue() + unit);
        } else if (least != null) {
            bounds.add("at least " + least.longValue() + unit);
        }
    }

    private static boolean isList(JSONSchemaProps field) {
        return field.getItems() != null;
    }

    private static JSONSchemaProps itemOf(JSONSchemaProps field) {
        return field.getItems().getSchema();
    }

    private static boolean hasFields(JSONSchemaProps field) {
        return field.getProperties() != null && !field.getProperties().isEmpty();
    }

    /** A bar ends a cell, also inside of code. */
    private static String escape(String text) {
        return text.replace("|", "\\|");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
