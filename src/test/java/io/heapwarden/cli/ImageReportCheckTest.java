package io.heapwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A scanner's report as a gate of CI: the bars, the exit codes, and what is said of what cannot be used. */
class ImageReportCheckTest {

    private static final Instant NOW = Instant.now();

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path report;

    @BeforeEach
    void aReport() throws Exception {
        report = Files.writeString(
                directory.resolve("report.json"),
                """
                {"SchemaVersion": 2, "ArtifactName": "shop:1", "Results": [{"Vulnerabilities": [
                 {"VulnerabilityID": "CVE-2021-44228", "PkgName": "log4j-core", "InstalledVersion": "2.14.1", "FixedVersion": "2.15.0",
                  "Severity": "CRITICAL", "CVSS": {"nvd": {"V3Score": 10.0}}, "PublishedDate": "2021-12-10T10:15:00Z"},
                 {"VulnerabilityID": "CVE-NEW", "PkgName": "zlib", "InstalledVersion": "1", "FixedVersion": "2",
                  "Severity": "HIGH", "CVSS": {"nvd": {"V3Score": 8.0}}, "PublishedDate": "%s"},
                 {"VulnerabilityID": "CVE-UNFIXED", "PkgName": "libc", "InstalledVersion": "1", "Severity": "HIGH"},
                 {"VulnerabilityID": "CVE-LOW", "PkgName": "tar", "InstalledVersion": "1", "Severity": "LOW", "CVSS": {"nvd": {"V3Score": 3.1}}},
                 {"VulnerabilityID": "CVE-UNKNOWN", "PkgName": "tar", "InstalledVersion": "1", "Severity": "UNKNOWN"}]}]}
                """
                        .formatted(NOW.minus(Duration.ofDays(3))));
    }

    @Test
    void whatIsAboveIsOneAndATableTheWorstFirst() {
        assertThat(run()).isOne();

        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).contains("SCORE", "VULNERABILITY", "FIXED IN");
        assertThat(lines.get(1)).contains("10.0", "CVE-2021-44228", "log4j-core", "2.14.1", "2.15.0", "2021-12-10");
        assertThat(lines.get(2)).contains("~8.9", "CVE-UNFIXED", "no fix");
        assertThat(lines.get(3)).contains("CVE-NEW");
        assertThat(out.toString())
                .contains("shop:1: 3 of 5 vulnerabilities above CVSS 7.0")
                .contains("1 have neither a score nor a severity")
                .doesNotContain("CVE-LOW");
    }

    @Test
    void theBarsAccept() {
        assertThat(run("--ignore-unfixed", "--grace", "14d")).isOne();
        assertThat(out.toString())
                .contains("1 of 5 vulnerabilities", "1 without a fix", "1 published less than 14 d ago")
                .doesNotContain("CVE-NEW", "CVE-UNFIXED");

        assertThat(run("--max-cvss", "10.0")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"7.0, 3 of 5, 1", "9.0, 1 of 5, 1", "3.0, 4 of 5, 1", "10.0, 0 of 5, 0"})
    void thePolicysBarCountsWhereNoneIsNamed(String bar, String count, int exitCode) throws Exception {
        Path policy = policy("maxCvss: \"" + bar + "\"");

        assertThat(run("-f", policy.toString())).isEqualTo(exitCode);
        assertThat(out.toString()).contains(count + " vulnerabilities above CVSS " + bar);

        assertThat(run("-f", policy.toString(), "--max-cvss", "10")).isZero();
    }

    @Test
    void aPolicyWithoutABarLeavesTheDefault() throws Exception {
        assertThat(run("-f", policy("requireDigest: true").toString())).isOne();
        assertThat(out.toString()).contains("above CVSS 7.0");
    }

    @Test
    void whatCannotBeUsedIsTwoAndSaysWhatAndWhere() throws Exception {
        Path bad = Files.writeString(directory.resolve("bad.json"), "{\"SchemaVersion\": 2,\n oops}");
        assertThat(execute("check", "--image-report", bad.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(bad + ":2:", "is not JSON");

        assertThat(execute("check", "--image-report", directory.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no such file");

        assertThat(run("--max-cvss", "11")).isEqualTo(2);
        assertThat(err.toString()).contains("\"11\" is not a CVSS score");

        assertThat(run("-f", policy("maxCvss: \"11\"").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("security.images.maxCvss");
    }

    @Test
    void aProgramAndAReportDoNotGoTogetherAndOneIsNeeded() {
        assertThat(run("--for", "5m")).isEqualTo(2);
        assertThat(run("--", "java")).isEqualTo(2);
        assertThat(err.toString()).contains("--image-report runs no program");

        assertThat(execute("check", "--grace", "3d", "-f", "p.yaml", "--", "java"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("add --image-report FILE");

        assertThat(execute("check", "-f", "p.yaml")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required parameter: 'COMMAND'");

        assertThat(execute("check", "--", "java")).isEqualTo(2);
        assertThat(execute("watch")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required option: '--policy=FILE'");
    }

    private Path policy(String images) throws Exception {
        return Files.writeString(
                directory.resolve("policy.yaml"),
                """
                apiVersion: heapwarden.io/v1alpha1
                kind: MemoryPolicy
                metadata: {name: shop}
                spec:
                  selector: {}
                  security: {images: {%s}}
                """
                        .formatted(images));
    }

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(List.of("check", "--image-report", report.toString()));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(HeapwardenCommand.class)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
