package io.heapwarden.telemetry;

import java.util.List;
import java.util.Locale;

/**
 * Every metric of the operator's own work. Labels have few values: an enum's constants, or what people wrote into a
 * policy; never a pod and never a class. The page docs/metrics.md is made of this.
 */
public enum Metric {
    Samples(Type.Counter, "heapwarden.samples", "Samples taken, by what came of them.", "result"),
    SampleSeconds(Type.Timer, "heapwarden.sample", "Time a sample took, from being due to being judged.", "result"),
    ProbeCommands(Type.Counter, "heapwarden.probe.commands", "Commands run in containers.", "kind"),
    Refusals(Type.Counter, "heapwarden.refusals", "Containers left alone, by reason.", "reason"),
    Histograms(Type.Counter, "heapwarden.histograms", "Class histograms asked for, by what came of them.", "result"),
    Pods(
            Type.Gauge,
            "heapwarden.pods",
            "Pods of a policy by state; a pod counts with its worst container.",
            "namespace",
            "policy",
            "state"),
    Coverage(
            Type.Gauge,
            "heapwarden.coverage",
            "Share of the pods that a policy matches of which a container was sampled, 0 to 1; NaN while it matches none.",
            "namespace",
            "policy"),
    JudgedActs(
            Type.Gauge,
            "heapwarden.acts.judged",
            "Acts in the policy's status, done or meant, by what its owner says of them: Confirmed, Rejected, or Open while nothing is said; docs/security-board.md.",
            "namespace",
            "policy",
            "judgement"),
    ObjectiveCompliance(
            Type.Gauge,
            "heapwarden.objective.compliance",
            "Good share of the pod-time of the period, 0 to 1; NaN before there is any.",
            "namespace",
            "policy",
            "objective"),
    ObjectiveBudgetRemaining(
            Type.Gauge,
            "heapwarden.objective.budget.remaining",
            "Share of the error budget that is left, 1 to 0 and below when it is overdrawn.",
            "namespace",
            "policy",
            "objective"),
    ObjectiveBurnRate(
            Type.Gauge,
            "heapwarden.objective.burn.rate",
            "How many times faster than allowed the budget is used up, over 5m, 30m, 1h, 6h and 3d; NaN where nothing was judged.",
            "namespace",
            "policy",
            "objective",
            "window"),
    ObjectiveBurning(
            Type.Gauge,
            "heapwarden.objective.burning",
            "1 while both windows of a pair are above its bar: Fast (1h and 5m at 14.4), Medium (6h and 30m at 6), Slow (3d and 6h at 1); else 0.",
            "namespace",
            "policy",
            "objective",
            "pair"),
    ObjectiveMissing(
            Type.Gauge,
            "heapwarden.objective.missing",
            "Share of the period's pod-time in which nothing was known, 0 to 1; it counts neither as good nor as bad.",
            "namespace",
            "policy",
            "objective"),
    Regressions(
            Type.Gauge,
            "heapwarden.regressions",
            "Workloads of a policy of which a running revision grows far more than the one before it at the same age.",
            "namespace",
            "policy"),
    Actions(Type.Counter, "heapwarden.actions", "Acts on pods, by what came of them.", "action", "outcome"),
    GateRefusals(Type.Counter, "heapwarden.gate.refusals", "Restarts that the gate refused, by reason.", "reason"),
    ResizeRefusals(
            Type.Counter,
            "heapwarden.resize.refusals",
            "Memory limits that were not raised although a policy wanted it, by reason.",
            "reason"),
    Findings(
            Type.Counter,
            "heapwarden.findings",
            "Security findings that began or got worse, by who saw them and how bad they are.",
            "source",
            "severity"),
    FindingSeconds(
            Type.Timer,
            "heapwarden.finding",
            "Time from seeing a finding first to seeing it last, of those that are over: what it took to fix them.",
            "source",
            "severity"),
    FindingDetectSeconds(
            Type.Timer,
            "heapwarden.finding.detect",
            "Time from an event to its finding being known; of events only, as nobody knows when what a check finds began.",
            "source",
            "severity"),
    FindingActSeconds(
            Type.Timer,
            "heapwarden.finding.act",
            "Time from a finding being known to what the policy says of it: the pod annotated, the gate asked, and done what it let through. Of findings with the response Annotate or Restart.",
            "source",
            "severity"),
    OpenFindings(
            Type.Gauge,
            "heapwarden.findings.open",
            "Security findings that pods of a policy show now.",
            "namespace",
            "policy",
            "severity"),
    FalcoEvents(
            Type.Counter,
            "heapwarden.falco.events",
            "Events of Falco and their connections, by what became of them; docs/falco.md has the list.",
            "result"),
    Notices(
            Type.Counter,
            "heapwarden.notices",
            "Notices to receivers outside the cluster, by what became of them: Delivered, AttemptFailed, or why one was lost.",
            "receiver",
            "result"),
    Evidence(Type.Counter, "heapwarden.evidence", "Orders for evidence, by what came of them.", "result"),
    Events(Type.Counter, "heapwarden.events", "Kubernetes Events, by what became of them.", "result"),
    ApiCalls(
            Type.Counter,
            "heapwarden.api.calls",
            "Requests to the API server, by method, resource with subresource, and class of the answer.",
            "verb",
            "resource",
            "code");

    /** Kinds of metric. */
    public enum Type {
        Counter,
        Timer,
        Gauge
    }

    private final Type type;
    private final String meter;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // A List.of.
    private final List<String> labels;

    Metric(Type type, String meter, String description, String... labels) {
        this.type = type;
        this.meter = meter;
        this.description = description;
        this.labels = List.of(labels);
    }

    public Type type() {
        return type;
    }

    /** Its name in Micrometer. */
    public String meter() {
        return meter;
    }

    /** Its name in Prometheus; a timer has it with {@code _count}, {@code _sum}, {@code _max} and {@code _bucket}. */
    public String prometheusName() {
        String name = meter.replace('.', '_').toLowerCase(Locale.ROOT);
        return switch (type) {
            case Counter -> name + "_total";
            case Timer -> name + "_seconds";
            case Gauge -> name;
        };
    }

    public String description() {
        return description;
    }

    public List<String> labels() {
        return labels;
    }
}
