package io.heapwarden.telemetry;

/**
 * Why a Kubernetes Event is written. The constants are spelled as they appear in {@code kubectl get events}; the page
 * docs/events.md is made of them.
 */
public enum EventReason {
    LeakConfirmed(
            Type.Warning,
            On.PodAndPolicy,
            "A leak is confirmed in a container of the pod; the message names its kind, the class that grows and how long the memory lasts.",
            "Look at the pod's MemoryReport for the culprits, and at what has changed since the revision it names. The pod has time: it is restarted only when the policy says so."),
    LeakCritical(
            Type.Warning,
            On.PodAndPolicy,
            "A confirmed leak is about to exhaust its limit; the message says when.",
            "Collect what you need from the pod now. With `mode: Enforce` and a response that restarts, it is evicted as soon as the gate lets it through."),
    LeakCleared(
            Type.Normal,
            On.PodAndPolicy,
            "A leak that was confirmed before is gone: the memory came back, or the container was restarted.",
            "Nothing, if it was restarted or a new revision was rolled out. Otherwise keep an eye on it: growth that comes and goes has a cause too."),
    RevisionGrowsMore(
            Type.Warning,
            On.PodAndPolicy,
            "A new revision of the workload grows far more than the one before it did at the same age; the message has both figures. It is told once for each revision, and is no leak yet.",
            "Look at what changed between the two revisions. More of it may be meant, such as a larger cache: then nothing."),
    NotSampled(
            Type.Warning,
            On.PodAndPolicy,
            "A container is left alone or cannot be reached; the message says which and why, for example no JVM, attach disabled, no shell, exec forbidden, or too little memory left for a probe.",
            "If it is to be watched, do what the message says. If it is not, name the ones that are in `spec.containers`."),
    HistogramRefused(
            Type.Warning,
            On.PodAndPolicy,
            "A class histogram was wanted and refused three times in a row for the same reason; the message has it, for example a pause that would be too long, or too little memory left for the client. Counters are read all the same, but the class that grows is not named.",
            "Do what the message says: raise `sampling.histogram.maxPause` or the memory limit, or allow the channel EphemeralContainer."),
    SecurityFinding(
            Type.Warning,
            On.PodAndPolicy,
            "A security check or an event shows something about the pod; the message has the severity, the rule, what was seen, the remedy and a reference. Written once for each finding and when it gets worse.",
            "Do what the message says. The pod's MemoryReport has all its findings."),
    SecurityFindingOver(
            Type.Normal,
            On.PodAndPolicy,
            "A check no longer finds what it found, or an event has not happened again for 24 hours.",
            "Nothing."),
    EvidenceCollected(
            Type.Normal,
            On.Pod,
            "Evidence of the leak was collected; the message says where it is.",
            "Download it and run `heapwarden evidence FILE`."),
    EvidenceMissing(
            Type.Warning,
            On.Pod,
            "Evidence was to be collected and is not kept; the message says why. A restart does not wait for it any longer.",
            "Do what the message says: set `evidence.volume` or `evidence.s3` of the chart, or mend the store."),
    WouldRestart(
            Type.Normal,
            On.PodAndPolicy,
            "Every check of the gate passed, but the policy's mode is Observe: nothing was done.",
            "When you agree with what you see here over some days, set `mode: Enforce`."),
    Restarting(
            Type.Normal,
            On.PodAndPolicy,
            "The pod is about to be restarted, by eviction or by a rollout of its workload; written before it is done, so that it is known even if the operator dies in between.",
            "Nothing. A Restarted, RestartBlocked or RestartFailed follows."),
    Restarted(
            Type.Normal,
            On.PodAndPolicy,
            "The API server accepted the eviction of the leaking pod, or the rollout of its workload; a new pod comes.",
            "Fix the leak: a restart only buys time."),
    RestartBlocked(
            Type.Warning,
            On.PodAndPolicy,
            "A PodDisruptionBudget does not allow the eviction now; the message has the API server's words, which name the budget. It is tried again later.",
            "See which of the budget's pods are not Ready. A budget that allows no disruption at all, such as `minAvailable: 100%`, keeps the pod until it is killed for its memory."),
    RestartRefused(
            Type.Normal,
            On.PodAndPolicy,
            "A restart was due and the gate refused it; the message says which check and with what numbers.",
            "Often nothing: a window opens, a cooldown ends. docs/responses.md lists the checks and where each is set."),
    RestartFailed(
            Type.Warning,
            On.PodAndPolicy,
            "The eviction failed, was forbidden, or got no answer.",
            "Do what the message says. A right that is missing is named in it."),
    Resized(
            Type.Normal,
            On.PodAndPolicy,
            "The memory limit of a leaking container was raised in place, as its restart has to wait; the message says from what to what, and what the restart waits for. The pod that comes after has the template's limit again.",
            "Fix the leak: this only buys time until the restart. If the pod's condition PodResizePending is True, its node has no room, and the former limit holds."),
    WouldResize(
            Type.Normal,
            On.PodAndPolicy,
            "A memory limit would have been raised, but the policy's mode is Observe: nothing was done.",
            "When you agree with what you see here over some days, set `mode: Enforce`."),
    ResizeRefused(
            Type.Normal,
            On.PodAndPolicy,
            "The policy wants memory limits raised while restarts wait, and this one is not; the message says why, for example that the heap's limit is met first, that the ceiling is reached, or that the node has no room.",
            "Do what the message says. docs/responses.md lists the checks."),
    ResizeFailed(
            Type.Warning,
            On.PodAndPolicy,
            "The API server did not accept a higher memory limit, or gave no answer; the message has its words, for example a quota or a right that is missing. It is tried again later.",
            "Do what the message says."),
    BudgetBurning(
            Type.Warning,
            On.Policy,
            "An objective's error budget burns faster than it may over a pair of windows, and still does: Fast is 14.4 times over 1 h and 5 m, Medium 6 times over 6 h and 30 m, Slow faster than it lasts over 3 d and 6 h.",
            "Fast and Medium are for now, Slow is for this week. See `status.objectives` for the worst pod and its MemoryReport for what grows there."),
    BudgetBurnOver(
            Type.Normal,
            On.Policy,
            "An error budget does not burn over that pair of windows any more.",
            "Nothing; what was spent comes back as the period passes."),
    ObjectiveBroken(
            Type.Warning,
            On.Policy,
            "An objective's error budget is used up.",
            "See `status.objectives` for the worst pod and its MemoryReport for what grows there."),
    ObjectiveMetAgain(Type.Normal, On.Policy, "An objective that was broken holds again.", "Nothing."),
    InvalidPolicy(
            Type.Warning,
            On.Policy,
            "The policy holds something nobody can work by, though the API server let it pass, such as a time zone that does not exist. No pod is watched by it.",
            "Mend the field that the message names."),
    FieldsNotSupported(
            Type.Warning,
            On.Policy,
            "The policy uses fields that this version accepts and does not act on; the message lists them. The rest of the policy is in force.",
            "Remove the fields, or install a version that supports them."),
    NoPodsMatched(
            Type.Warning,
            On.Policy,
            "The selector matches no running pod in the policy's namespace.",
            "Compare `spec.selector` with `kubectl get pods --show-labels`. A workload scaled to zero needs nothing."),
    PodsClaimedByOtherPolicy(
            Type.Warning,
            On.Policy,
            "Some of the selected pods belong to an older policy already; that one goes on watching them and this one passes them over.",
            "Make the selectors of the two policies disjoint."),
    MissingPermission(
            Type.Warning,
            On.Policy,
            "The operator lacks a right it needs for this policy; the message names the verb, the resource and the namespace.",
            "Grant it, or upgrade the Helm chart, whose roles have every right that is needed. docs/rbac.md explains each."),
    UnknownClass(
            Type.Warning,
            On.Policy,
            "An objective names a class that no histogram of the policy's pods has ever shown.",
            "Check the spelling: the full name, with `$` before a nested class. A class whose first instance is still to come is fine.");

    /** Event types of Kubernetes. */
    public enum Type {
        Normal,
        Warning
    }

    /** On which objects it is written. */
    public enum On {
        Pod,
        Policy,
        PodAndPolicy
    }

    private final Type type;
    private final On on;
    private final String meaning;
    private final String remedy;

    EventReason(Type type, On on, String meaning, String remedy) {
        this.type = type;
        this.on = on;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    public Type type() {
        return type;
    }

    public On on() {
        return on;
    }

    /** What it says, in a sentence or two. */
    public String meaning() {
        return meaning;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
