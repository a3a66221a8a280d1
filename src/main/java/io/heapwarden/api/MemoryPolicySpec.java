package io.heapwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.heapwarden.growth.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user asks for. A policy with only a selector is useful: every default is stated on its field. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.containers) || self.containers.all(name, name.matches('" + CelRules.LABEL + "'))",
        message = "containers must be names of containers: lower-case letters, digits and -, such as app",
        fieldPath = ".containers")
@ValidationRule(
        value = "!has(self.containers) || self.containers.all(name, self.containers.exists_one(other, other == name))",
        message = "containers must be distinct names; remove the repeated one",
        fieldPath = ".containers")
@ValidationRule(
        value =
                "!has(self.objectives) || self.objectives.all(one, self.objectives.exists_one(other, other.name == one.name))",
        message = "objectives must have distinct names; rename the repeated one",
        fieldPath = ".objectives")
@ValidationRule(
        value = "!has(self.notify) || self.notify.all(name, name.matches('" + CelRules.LABEL
                + "') && self.notify.exists_one(other, other == name))",
        message = "notify must be distinct names of receivers: lower-case letters, digits and -, such as oncall",
        fieldPath = ".notify")
@ValidationRule(
        value =
                "!has(self.responses) || has(self.notify) || self.responses.all(one, !one.actions.exists(action, action == 'Notify'))",
        message = "a response says Notify and notify names no receiver; add for example notify: [oncall]",
        fieldPath = ".notify")
public record MemoryPolicySpec(
        @Required
                @JsonPropertyDescription(
                        "Which pods of this namespace are watched. An empty selector, {}, means all of them. A pod that several policies select"
                                + " belongs to the oldest.")
                @SchemaFrom(type = PodSelector.class)
                LabelSelector selector,
        @JsonPropertyDescription(
                        "Names of the containers that are watched. Default: every container that runs a HotSpot JVM. At most 20.")
                @Size(min = 1, max = 20)
                List<@Size(max = 63) String> containers,
        @JsonPropertyDescription(
                        "Observe says in Events and status what would have been done; Enforce also restarts pods. Annotations and Events are written"
                                + " in both modes.")
                @Default("Observe")
                Mode mode,
        @JsonPropertyDescription("How and how often the pods are asked.") Sampling sampling,
        @JsonPropertyDescription(
                        "What growth is acceptable. Default: one objective, named no-leak, that is broken while a leak is confirmed. At most 10.")
                @Size(min = 1, max = 10)
                @Nullable
                List<Objective> objectives,
        @JsonPropertyDescription("Security observations of the same pods.") @Nullable Security security,
        @JsonPropertyDescription(
                        "What is done, and when; the first that matches counts. Default: Annotate and Event from Leaking on. At most 10.")
                @Size(min = 1, max = 10)
                List<Response> responses,
        @JsonPropertyDescription("How pods are restarted, where a response says so.") Restart restart,
        @JsonPropertyDescription("What is collected before a restart, where a response says Evidence.")
                Evidence evidence,
        @JsonProperty("notify")
                @JsonPropertyDescription(
                        "Receivers that are told where a response says Notify, by the names that the installation gave them. At most 5.")
                @Size(min = 1, max = 5)
                List<@Size(min = 1, max = 63) String> receivers) {

    private static final List<Response> DEFAULT_RESPONSES = List.of(new Response(
            new Response.When(State.Leaking, null, null), List.of(Response.Action.Annotate, Response.Action.Event)));

    /** Fills in the defaults, as the API server does and for what comes from elsewhere; null means unset. No objectives means the default one. */
    public MemoryPolicySpec {
        containers = containers == null ? List.of() : List.copyOf(containers);
        mode = mode == null ? Mode.Observe : mode;
        sampling = sampling == null ? Sampling.DEFAULT : sampling;
        responses = responses == null ? DEFAULT_RESPONSES : List.copyOf(responses);
        restart = restart == null ? Restart.DEFAULT : restart;
        evidence = evidence == null ? Evidence.DEFAULT : evidence;
        receivers = receivers == null ? List.of() : List.copyOf(receivers);
    }

    /** Whether anything disruptive may be done. */
    public enum Mode {
        Observe,
        Enforce
    }
}
