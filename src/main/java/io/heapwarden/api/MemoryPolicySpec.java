package io.heapwarden.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PrinterColumn;
import io.fabric8.generator.annotation.*;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

@ValidationRule(value = "self.interval != ''", message = "interval must not be empty")
public record MemoryPolicySpec(
        @Required @JsonPropertyDescription("Which pods.") LabelSelector selector,
        @JsonPropertyDescription("How often.") @Default("1m") @Pattern("^[0-9]+(s|m|h)$") String interval,
        @JsonPropertyDescription("Number.") @Min(1) @Max(100) @Default("70") @Nullable Integer percent,
        @JsonPropertyDescription("List.") @Size(min = 1, max = 3) @Nullable List<Inner> inners,
        @PrinterColumn(name = "MODE") @Default("Observe") Mode mode) {
    public enum Mode {
        Observe,
        Enforce
    }

    @ValidationRule(value = "self.name != 'x'", message = "not x")
    public record Inner(@Required @JsonPropertyDescription("Name of.") String name) {}
}
