package io.heapwarden.response.notify;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All receivers of an installation.
 *
 * @param receivers at most 50, with distinct names
 */
public record NotifySettings(@JsonProperty("receivers") List<ReceiverSettings> receivers) {

    /** Nobody is told. */
    public static final NotifySettings NONE = new NotifySettings(List.of());

    private static final int MOST = 50;
    private static final ObjectReader YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .withCoercionConfig(
                    LogicalType.Enum, config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
            .build()
            .readerFor(NotifySettings.class);

    public NotifySettings {
        receivers = receivers(receivers);
    }

    /**
     * Reads a document of YAML, or JSON, with the one field {@code receivers}, each as {@link ReceiverSettings} has it.
     *
     * @throws IllegalArgumentException with all that is wrong, a sentence each, none of which repeats a value of the document
     */
    public static NotifySettings parse(String document) {
        if (document.isBlank()) {
            return NONE;
        }
        NotifySettings settings;
        try {
            settings = YAML.readValue(document);
        } catch (JsonProcessingException e) {
            // Its message and its cause quote the document, where somebody may have put a secret.
            throw new IllegalArgumentException(unreadable(e));
        }
        if (settings == null) {
            return NONE;
        }
        List<String> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", problems));
        }
        return settings;
    }

    /** All that is wrong, a sentence each; empty when all is right. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (receivers.size() > MOST) {
            problems.add("There are " + receivers.size() + " receivers, more than " + MOST + ".");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < receivers.size(); i++) {
            ReceiverSettings receiver = receivers.get(i);
            problems.addAll(SettingsCheck.problems(receiver, i));
            if (receiver.name() != null && !names.add(receiver.name())) {
                problems.add("Two receivers have the name '" + PlainText.of(receiver.name(), 63) + "': rename one.");
            }
        }
        return problems;
    }

    private static List<ReceiverSettings> receivers(@Nullable List<ReceiverSettings> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    private static String unreadable(JsonProcessingException failure) {
        JsonLocation at = failure.getLocation();
        String where = "The notification settings" + (at == null ? "" : ", line " + at.getLineNr() + ",");
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return where + " have a field '" + PlainText.of(unknown.getPropertyName(), 63)
                    + "' that is not known. Known are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "))
                    + ".";
        }
        if (failure instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            String path = mapping.getPath().stream()
                    .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                    .collect(Collectors.joining("."))
                    .replace(".[", "[");
            return where + " have something else at " + PlainText.of(path, 200) + " than belongs there.";
        }
        return where + " are no YAML that can be read.";
    }
}
