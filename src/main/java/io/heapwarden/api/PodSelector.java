package io.heapwarden.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Schema of a Kubernetes label selector with bounds. The API server does not look into the selectors of custom resources: without this schema a wrong
 * operator would be stored, and nothing be selected.
 */
record PodSelector(
        @JsonPropertyDescription("Labels a pod must have, each with this value. At most 50.") @Size(max = 50) @Nullable
                Map<String, String> matchLabels,
        @JsonPropertyDescription("Conditions on labels, all of which must hold. At most 20.") @Size(max = 20) @Nullable
                List<Requirement> matchExpressions) {

    /** One condition on a label. */
    @ValidationRule(
            value = "(self.operator in ['In', 'NotIn']) == (has(self.values) && self.values.size() > 0)",
            message = "In and NotIn need values, Exists and DoesNotExist have none; add or remove values",
            fieldPath = ".values")
    record Requirement(
            @Required @JsonPropertyDescription("Name of the label.") @Size(min = 1, max = 317) String key,
            @Required
                    @JsonPropertyDescription(
                            "In, NotIn: the value is, or is not, one of values; NotIn also holds without the label. Exists, DoesNotExist: the label is"
                                    + " there, or is not.")
                    Operator operator,
            @JsonPropertyDescription("Values for In and NotIn. At most 100.") @Size(max = 100) @Nullable
                    List<@Size(max = 63) String> values) {}

    /** How a label is compared. */
    enum Operator {
        In,
        NotIn,
        Exists,
        DoesNotExist
    }
}
