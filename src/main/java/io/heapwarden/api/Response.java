package io.heapwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.security.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done when a pod is in a certain state. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value =
                "!self.actions.exists(action, action == 'Restart') || !has(self.when.state) || self.when.state in ['Leaking', 'Critical']",
        message = "Restart goes only with when.state Leaking or Critical: below that nothing is confirmed",
        fieldPath = ".actions")
@ValidationRule(
        value = "self.actions.all(one, self.actions.exists_one(other, other == one))",
        message = "actions must be distinct; remove the repeated one",
        fieldPath = ".actions")
@ValidationRule(
        value = "self.actions.size() > 0",
        message = "actions must not be empty: name at least one of Annotate, Event, Notify, Evidence, Restart",
        fieldPath = ".actions")
public record Response(
        @Required @JsonPropertyDescription("The condition: a state, with verdicts if you like, or a finding.")
                When when,
        @Required
                @JsonPropertyDescription(
                        "What is done. Annotate: annotations on the pod. Event: Kubernetes Events on pod and policy. Notify: the receivers of spec.notify are"
                                + " told. Evidence: what helps to find the cause is collected, at Leaking and Critical or for a finding; a restart waits for it, 3 minutes at most."
                                + " Restart: the pod is restarted, in mode Enforce.")
                @Size(min = 1, max = 5)
                List<Action> actions) {

    /** What can be done. */
    public enum Action {
        Annotate,
        Event,
        Notify,
        Evidence,
        Restart
    }

    /** The condition of a response. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "has(self.state) != has(self.finding)",
            message = "when needs either state or finding; set one of the two")
    @ValidationRule(
            value = "!has(self.verdicts) || has(self.state)",
            message = "when.verdicts goes only with when.state; add a state such as Leaking",
            fieldPath = ".verdicts")
    @ValidationRule(
            value = "!has(self.verdicts) || self.verdicts.all(one, self.verdicts.exists_one(other, other == one))",
            message = "when.verdicts must be distinct; remove the repeated one",
            fieldPath = ".verdicts")
    @ValidationRule(
            value = "!has(self.state) || self.state in ['Suspect', 'Leaking', 'Critical', 'Unreachable']",
            message = "when.state must be Suspect, Leaking, Critical or Unreachable: nothing is done to a healthy pod",
            fieldPath = ".state")
    public record When(
            @JsonPropertyDescription(
                            "The pod's state is this one or worse: Suspect, Leaking, Critical in this order; Unreachable stands alone.")
                    @Nullable
                    State state,
            @JsonPropertyDescription("The verdict is one of these. Default: any.") @Size(min = 1, max = 11) @Nullable
                    List<Verdict> verdicts,
            @JsonPropertyDescription(
                            "A security finding of at least this severity, whatever the state. Findings and states are matched apart: of each the first response that matches is carried out. Default where spec.security is set and no response names a finding: Annotate and Event from High on.")
                    @Nullable
                    Severity finding) {}
}
