package io.heapwarden.operator;

import io.heapwarden.api.ContainerReport;
import io.heapwarden.api.ContainerReport.ChannelReport;
import io.heapwarden.api.ContainerReport.CulpritReport;
import io.heapwarden.api.ContainerReport.ExhaustionReport;
import io.heapwarden.api.ContainerReport.FleetReport;
import io.heapwarden.api.ContainerReport.Jvm;
import io.heapwarden.api.ContainerReport.PassedOver;
import io.heapwarden.api.ContainerReport.ProbeRefusal;
import io.heapwarden.api.ContainerReport.Reason;
import io.heapwarden.api.ContainerReport.SignalReport;
import io.heapwarden.api.MemoryReportStatus;
import io.heapwarden.api.MemoryReportStatus.EvidenceReport;
import io.heapwarden.api.MemoryReportStatus.RestartReport;
import io.heapwarden.growth.Assessment;
import io.heapwarden.growth.Culprit;
import io.heapwarden.growth.Exhaustion;
import io.heapwarden.growth.State;
import io.heapwarden.growth.Verdict;
import io.heapwarden.growth.WorkloadKnowledge.Regression;
import io.heapwarden.growth.WorkloadKnowledge.Siblings;
import io.heapwarden.operator.evidence.EvidenceState.Done;
import io.heapwarden.probe.JvmReading;
import io.heapwarden.security.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a pod's view as its report. Pure. */
public final class ReportFactory {

    static final String LEFT_ALONE = "LeftAlone";

    private ReportFactory() {}

    static MemoryReportStatus status(
            PolicyPlan plan, PodView view, List<Finding> findings, @Nullable String checkpoint) {
        Optional<Assessment> assessment = view.worst().map(ContainerView::assessment);
        return new MemoryReportStatus(
                view.pod().uid(),
                plan.key().name(),
                view.workload().toString(),
                view.workload().revision(),
                view.state().map(State::name).orElse(LEFT_ALONE),
                assessment.map(Assessment::verdict).map(Verdict::name).orElse(null),
                assessment.flatMap(ReportFactory::firstCulprit).orElse(null),
                assessment.map(Assessment::exhaustion).map(Phrases::exhaustion).orElse(null),
                view.containers().stream().map(ReportFactory::container).toList(),
                view.restart() == null ? null : restart(view.restart()),
                view.evidence() == null ? null : evidence(view.evidence()),
                FindingReports.of(findings),
                checkpoint);
    }

    private static EvidenceReport evidence(Done done) {
        return new EvidenceReport(
                done.at().toString(),
                done.sentence(),
                done.stored() == null ? null : done.stored().location(),
                done.stored() == null ? null : done.stored().sha256());
    }

    private static RestartReport restart(RestartWord word) {
        return new RestartReport(
                word.at().toString(),
                word.outcome(),
                word.sentence(),
                word.nextAt() == null ? null : word.nextAt().toString());
    }

    /** What must change for a report to be worth writing at once; its figures change with every sample. */
    static String gist(PodView view) {
        return view.containers().stream()
                .map(container -> String.join(
                        "|",
                        container.container(),
                        container.state().name(),
                        container.verdict().name(),
                        String.valueOf(container.leftAlone()),
                        String.valueOf(container.lastSample() == null),
                        container.reading() == null
                                ? ""
                                : container.reading().route().kind().name(),
                        fleetGist(container.fleet()),
                        container.refusals().stream()
                                .map(trouble -> trouble.probe() + trouble.reason())
                                .distinct()
                                .collect(Collectors.joining(",")),
                        Optional.ofNullable(container.assessment())
                                .flatMap(ReportFactory::firstCulprit)
                                .orElse("")))
                .collect(Collectors.joining(
                        "\n",
                        "",
                        (view.restart() == null ? "" : view.restart().outcome()) + (view.evidence() != null)));
    }

    /** Which figures a regression has moves with the age; that there is one is news. */
    private static String fleetGist(@Nullable Fleet fleet) {
        return fleet == null
                ? ""
                : fleet.firstSeenIn() + "|" + (fleet.knowledge().regression() != null);
    }

    private static Optional<String> firstCulprit(Assessment assessment) {
        return assessment.culprits().stream().findFirst().map(Culprit::className);
    }

    /** Writes what is known of one container. */
    public static ContainerReport container(ContainerView view) {
        Assessment assessment = view.assessment();
        boolean sampled = view.leftAlone() == null;
        return new ContainerReport(
                view.container(),
                sampled ? view.state().name() : null,
                sampled ? view.since().toString() : null,
                assessment == null ? null : assessment.verdict().name(),
                assessment == null ? null : Math.round(assessment.confidence() * 100) + "%",
                assessment == null ? null : assessment.reasons(),
                view.reading() == null ? null : jvm(view.reading()),
                assessment == null ? null : signals(assessment),
                assessment == null
                        ? null
                        : assessment.culprits().stream()
                                .map(ReportFactory::culprit)
                                .toList(),
                assessment == null || assessment.exhaustion() == null ? null : exhaustion(assessment.exhaustion()),
                view.reading() == null ? null : channel(view.reading()),
                view.leftAlone() == null
                        ? null
                        : new Reason(view.leftAlone().reason(), view.leftAlone().detail()),
                view.refusals().stream()
                        .map(trouble -> new ProbeRefusal(
                                trouble.at().toString(), trouble.probe(), trouble.reason(), trouble.detail()))
                        .toList(),
                view.lastSample() == null ? null : view.lastSample().toString(),
                view.samples(),
                view.histograms(),
                view.fleet() == null ? null : fleet(view.fleet()),
                view.rates() == null ? null : VitalsReports.rates(view.rates()),
                view.reading() == null || view.reading().vitals() == null
                        ? null
                        : VitalsReports.memory(view.reading().vitals().container()));
    }

    private static FleetReport fleet(Fleet fleet) {
        Siblings siblings = fleet.knowledge().siblings();
        Regression regression = fleet.knowledge().regression();
        return new FleetReport(
                fleet.revision(),
                fleet.firstSeenIn(),
                siblings == null ? null : siblings.judged(),
                siblings == null ? null : siblings.risingAlike(),
                regression == null ? null : Phrases.regression(regression));
    }

    private static Jvm jvm(JvmReading reading) {
        return new Jvm(
                reading.jvm().pid(),
                reading.jvm().version(),
                reading.jvm().collector().name(),
                reading.jvm().startedAt().toString(),
                reading.jvm().jvmCount());
    }

    private static List<SignalReport> signals(Assessment assessment) {
        return assessment.signals().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> {
                    SignalUnit unit = SignalUnit.of(entry.getKey());
                    Assessment.SignalReading reading = entry.getValue();
                    return new SignalReport(
                            entry.getKey().name(),
                            unit.write(reading.now()),
                            reading.growthPerHour() == null ? null : unit.write(reading.growthPerHour()),
                            reading.limit() == null ? null : unit.write(reading.limit()));
                })
                .toList();
    }

    private static CulpritReport culprit(Culprit culprit) {
        return new CulpritReport(
                culprit.className(),
                culprit.heldBy(),
                String.format(Locale.ROOT, "%.0f", culprit.unitsPerHour()),
                Phrases.bytes(culprit.bytesPerHour()),
                Math.round(culprit.explains() * 100) + "%");
    }

    private static ExhaustionReport exhaustion(Exhaustion exhaustion) {
        return new ExhaustionReport(
                Phrases.duration(exhaustion.earliest()),
                exhaustion.latest() == null ? null : Phrases.duration(exhaustion.latest()),
                exhaustion.signal().name());
    }

    private static ChannelReport channel(JvmReading reading) {
        return new ChannelReport(
                reading.route().kind().name(),
                reading.source(),
                reading.histogramRefusal() == null
                        ? null
                        : "no class histogram: " + reading.histogramRefusal().detail(),
                reading.route().passedOver().isEmpty()
                        ? null
                        : reading.route().passedOver().stream()
                                .map(passed -> new PassedOver(passed.kind().name(), passed.reason(), passed.detail()))
                                .toList());
    }
}
