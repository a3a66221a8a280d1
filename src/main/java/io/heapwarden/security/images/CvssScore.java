package io.heapwarden.security.images;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The score that counts where several sources give one: nvd, then the source that the scanner took the severity from, then ghsa and redhat, then the
 * highest of the others. That is Trivy Operator's order as far as it has one, so that a pipeline and a cluster judge alike. Of one source version 3 of
 * CVSS counts, then 4, then 2. Without any score the upper end of the severity's range is taken, so that nothing is passed for want of a number.
 *
 * @param value 0 to 10
 * @param estimated whether it was taken from the severity
 * @see <a href="https://www.first.org/cvss/v3.1/specification-document">CVSS 3.1, table 14: the severities' ranges</a>
 */
record CvssScore(double value, boolean estimated) {

    private static final double HIGHEST = 10;

    private static final List<String> VERSIONS = List.of("V3Score", "V40Score", "V2Score");

    private static final Map<String, Double> UPPER_ENDS =
            Map.of("CRITICAL", 10.0, "HIGH", 8.9, "MEDIUM", 6.9, "LOW", 3.9);

    /**
     * Chooses among the scores of a report.
     *
     * @param bySource scores by source, as Trivy has them
     * @param severitySource whose severity the scanner took; empty when not said
     * @param severity the severity in words
     */
    static @Nullable CvssScore of(JsonNode bySource, String severitySource, String severity) {
        for (String source : List.of("nvd", severitySource, "ghsa", "redhat")) {
            Optional<Double> score = ofSource(bySource.path(source));
            if (score.isPresent()) {
                return new CvssScore(score.get(), false);
            }
        }
        double highest = 0;
        for (JsonNode source : bySource) {
            highest = Math.max(highest, ofSource(source).orElse(0.0));
        }
        return highest > 0 ? new CvssScore(highest, false) : ofSeverity(severity);
    }

    /** A single score, or the severity where there is none. */
    static @Nullable CvssScore of(JsonNode score, String severity) {
        Double value = number(score);
        return value == null ? ofSeverity(severity) : new CvssScore(value, false);
    }

    static @Nullable CvssScore ofSeverity(String severity) {
        Double upper = UPPER_ENDS.get(severity.toUpperCase(Locale.ROOT));
        return upper == null ? null : new CvssScore(upper, true);
    }

    private static Optional<Double> ofSource(JsonNode source) {
        return VERSIONS.stream()
                .map(version -> Optional.ofNullable(number(source.path(version))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Zero means that there is none, as in Trivy's own reports; so does what is no score. */
    private static @Nullable Double number(JsonNode node) {
        double value;
        if (node.isNumber()) {
            value = node.doubleValue();
        } else if (node.isTextual() && node.textValue().matches("[0-9]{1,2}([.][0-9]{1,4})?")) {
            value = Double.parseDouble(node.textValue());
        } else {
            return null;
        }
        return value > 0 && value <= HIGHEST ? value : null;
    }
}
