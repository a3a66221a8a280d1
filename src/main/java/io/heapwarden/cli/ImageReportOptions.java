package io.heapwarden.cli;

import io.heapwarden.api.Durations;
import io.heapwarden.api.Security;
import io.heapwarden.security.images.VulnerabilityRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What {@code check} is asked of a scanner's report; each bar is the option, else the policy's, else the default. */
final class ImageReportOptions {

    /** What counts as accepted where nobody says so: scores up to the range that CVSS calls high. */
    static final double DEFAULT_MAX_CVSS = 7.0;

    @Option(
            names = "--image-report",
            paramLabel = "FILE",
            description =
                    "Run no program; judge the vulnerabilities that a scanner found: Trivy's JSON, SARIF 2.1.0, or a VulnerabilityReport as JSON.")
    @Nullable
    Path report;

    @Option(
            names = "--max-cvss",
            paramLabel = "SCORE",
            converter = Score.class,
            description =
                    "Highest CVSS score that is accepted, 0.0 to 10.0. Default: spec.security.images.maxCvss of the policy, else 7.0.")
    @Nullable
    Double maxCvss;

    @Option(
            names = "--ignore-unfixed",
            description = "Accept what has no fixed version. Default: as the policy says, else off.")
    boolean ignoreUnfixed;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            converter = DurationOption.class,
            description =
                    "Accept what was published less than this ago, such as 14d. Default: as the policy says, else off.")
    @Nullable
    Duration grace;

    /** Whether one of the bars is named. */
    boolean bars() {
        return maxCvss != null || ignoreUnfixed || grace != null;
    }

    /** The bars. */
    VulnerabilityRules rules(Security.@Nullable Images policy) {
        String writtenScore = policy == null ? null : policy.maxCvss();
        String writtenGrace = policy == null ? null : policy.grace();
        double byPolicy = writtenScore == null ? DEFAULT_MAX_CVSS : Double.parseDouble(writtenScore);
        return new VulnerabilityRules(
                maxCvss == null ? byPolicy : maxCvss,
                ignoreUnfixed || (policy != null && policy.ignoreUnfixed()),
                grace != null || writtenGrace == null ? grace : Durations.parse(writtenGrace));
    }

    /** Reads a score. */
    static final class Score implements ITypeConverter<Double> {

        private static final Pattern FORM = Pattern.compile("10([.]0)?|[0-9]([.][0-9])?");

        @Override
        public Double convert(String text) {
            if (!FORM.matcher(text).matches()) {
                throw new TypeConversionException("\"" + text
                        + "\" is not a CVSS score: write a number from 0.0 to 10.0 with one decimal, such as 7.0");
            }
            return Double.valueOf(text);
        }
    }
}
