package io.heapwarden.cli;

import io.heapwarden.growth.Figures;
import io.heapwarden.security.images.ImageReport;
import io.heapwarden.security.images.Vulnerability;
import io.heapwarden.security.images.VulnerabilityRules;
import io.heapwarden.security.images.VulnerabilityRules.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A scanner's report, held against the bars, for people. */
final class ImageReportText {

    /** More rows are not read by anybody. */
    static final int MOST_ROWS = 100;

    private static final int ID = 20;
    private static final int PACKAGE = 40;
    private static final int VERSION = 24;

    private ImageReportText() {}

    static List<String> of(ImageReport report, VulnerabilityRules rules, List<Vulnerability> above, Instant now) {
        List<String> lines = new ArrayList<>();
        if (!above.isEmpty()) {
            lines.add(row("SCORE", "VULNERABILITY", "PACKAGE", "INSTALLED", "FIXED IN", "PUBLISHED"));
            above.stream().limit(MOST_ROWS).forEach(one -> lines.add(row(one)));
            if (above.size() > MOST_ROWS) {
                lines.add("and " + (above.size() - MOST_ROWS) + " more");
            }
            lines.add("");
        }
        String image = report.image().isEmpty() ? "the image" : report.image();
        lines.add(format(
                "%s: %,d of %,d vulnerabilities above CVSS %.1f%s",
                image, above.size(), report.vulnerabilities().size(), rules.maxCvss(), accepted(report, rules, now)));
        if (above.stream().anyMatch(Vulnerability::scoreEstimated)) {
            lines.add("~ the report has no score: the upper end of the severity's range counts");
        }
        long notScored = count(report, rules, Standing.NotScored, now);
        if (notScored > 0) {
            lines.add(format("%,d have neither a score nor a severity and were not judged", notScored));
        }
        if (report.leftOut() > 0) {
            lines.add(format("%,d more were not read, as the report has too many", report.leftOut()));
        }
        return lines;
    }

    private static String accepted(ImageReport report, VulnerabilityRules rules, Instant now) {
        long unfixed = count(report, rules, Standing.Unfixed, now);
        long grace = count(report, rules, Standing.InGrace, now);
        Duration time = rules.grace();
        return (unfixed == 0 ? "" : format("; accepted: %,d without a fix", unfixed))
                + (grace == 0 || time == null
                        ? ""
                        : format("; accepted: %,d published less than %s ago", grace, Figures.duration(time)));
    }

    private static long count(ImageReport report, VulnerabilityRules rules, Standing standing, Instant now) {
        return report.vulnerabilities().stream()
                .filter(one -> rules.judge(one, now) == standing)
                .count();
    }

    private static String row(Vulnerability one) {
        Instant published = one.published();
        String fixed = one.fixed() ? String.valueOf(one.fixedVersion()) : one.unfixed() ? "no fix" : "not said";
        return row(
                format("%s%.1f", one.scoreEstimated() ? "~" : "", one.score()),
                one.id(),
                one.resource(),
                one.installedVersion(),
                fixed,
                published == null
                        ? "-"
                        : LocalDate.ofInstant(published, ZoneOffset.UTC).toString());
    }

    private static String row(
            String score, String id, String resource, String installed, String fixed, String published) {
        return format(
                "%5s  %-" + ID + "s  %-" + PACKAGE + "s  %-" + VERSION + "s  %-" + VERSION + "s  %s",
                score,
                AnswerTables.shortened(id, ID),
                AnswerTables.shortened(resource, PACKAGE),
                AnswerTables.shortened(installed, VERSION),
                AnswerTables.shortened(fixed, VERSION),
                published);
    }

    private static String format(String format, @Nullable Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
