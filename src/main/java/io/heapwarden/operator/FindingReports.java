package io.heapwarden.operator;

import io.heapwarden.api.FindingReport;
import io.heapwarden.security.Finding;
import io.heapwarden.security.Observation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes findings as they stand in a pod's report, and reads them back when another operator goes on. Pure. */
final class FindingReports {

    private FindingReports() {}

    /** Null while there are none, so that the field is absent. */
    static @Nullable List<FindingReport> of(List<Finding> findings) {
        return findings.isEmpty()
                ? null
                : findings.stream().map(FindingReports::report).toList();
    }

    static List<Finding> read(@Nullable List<FindingReport> reports) {
        return reports == null
                ? List.of()
                : reports.stream().map(FindingReports::finding).toList();
    }

    /** What must change for a report to be worth writing at once; that one was seen again is none of it. */
    static String gist(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.key() + "|" + finding.severity())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static FindingReport report(Finding finding) {
        Observation seen = finding.observation();
        return new FindingReport(
                seen.severity(),
                seen.key().source(),
                seen.key().rule(),
                orNull(seen.key().container()),
                orNull(seen.key().subject()),
                seen.message(),
                seen.remedy(),
                orNull(seen.reference()),
                seen.restartHelps(),
                finding.firstSeen().truncatedTo(ChronoUnit.MILLIS).toString(),
                finding.lastSeen().truncatedTo(ChronoUnit.MILLIS).toString(),
                finding.count());
    }

    private static Finding finding(FindingReport report) {
        return new Finding(
                new Observation(
                        new Observation.Key(
                                report.source(), report.rule(), orEmpty(report.container()), orEmpty(report.subject())),
                        report.severity(),
                        report.message(),
                        report.remedy(),
                        orEmpty(report.reference()),
                        report.restartHelps()),
                Instant.parse(report.firstSeen()),
                Instant.parse(report.lastSeen()),
                report.count());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
