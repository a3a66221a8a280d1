package io.heapwarden.security.images;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Reads what Trivy and Trivy Operator write: the same facts under two spellings. */
final class TrivyJson {

    private static final String CONTAINER_LABEL = "trivy-operator.container.name";

    private TrivyJson() {}

    /** Output of {@code trivy image --format json}, schema version 2. A result without vulnerabilities has no list of them. */
    static ImageReport report(JsonNode root) throws ReportFormatException {
        Collected collected = new Collected();
        JsonNode results = root.path("Results");
        if (!results.isMissingNode() && !results.isNull() && !results.isArray()) {
            throw new ReportFormatException("Results is not a list");
        }
        for (int i = 0; i < results.size(); i++) {
            JsonNode vulnerabilities = results.get(i).path("Vulnerabilities");
            for (int j = 0; j < vulnerabilities.size(); j++) {
                JsonNode one = vulnerabilities.get(j);
                String id = ReportNode.id(one, "VulnerabilityID", "Results[" + i + "].Vulnerabilities[" + j + "]");
                CvssScore score = CvssScore.of(
                        one.path("CVSS"), one.path("SeveritySource").asText(""), ReportNode.text(one, "Severity"));
                collected.add(vulnerability(
                        one, id, "PkgName", "InstalledVersion", "FixedVersion", score, "PublishedDate", "PrimaryURL"));
            }
        }
        return collected.of(ReportNode.text(root, "ArtifactName"), "");
    }

    /** A VulnerabilityReport of aquasecurity.github.io/v1alpha1. */
    static ImageReport operatorReport(JsonNode root) throws ReportFormatException {
        JsonNode report = root.path("report");
        JsonNode vulnerabilities = ReportNode.list(report, "vulnerabilities", "report.vulnerabilities");
        Collected collected = new Collected();
        for (int i = 0; i < vulnerabilities.size(); i++) {
            JsonNode one = vulnerabilities.get(i);
            String id = ReportNode.id(one, "vulnerabilityID", "report.vulnerabilities[" + i + "]");
            String severity = ReportNode.text(one, "severity");
            CvssScore score = CvssScore.of(one.path("score"), severity);
            if (score == null || score.estimated()) {
                score = CvssScore.of(one.path("cvss"), "", severity);
            }
            collected.add(vulnerability(
                    one, id, "resource", "installedVersion", "fixedVersion", score, "publishedDate", "primaryLink"));
        }
        return collected.of(image(report), ReportNode.text(root.path("metadata").path("labels"), CONTAINER_LABEL));
    }

    private static String image(JsonNode report) {
        String registry = ReportNode.text(report.path("registry"), "server");
        JsonNode artifact = report.path("artifact");
        String tag = ReportNode.text(artifact, "tag");
        String digest = ReportNode.text(artifact, "digest");
        return (registry.isEmpty() ? "" : registry + "/")
                + ReportNode.text(artifact, "repository")
                + (tag.isEmpty() ? "" : ":" + tag)
                + (tag.isEmpty() && !digest.isEmpty() ? "@" + digest : "");
    }

    private static Vulnerability vulnerability(
            JsonNode one,
            String id,
            String resource,
            String installed,
            String fixed,
            @Nullable CvssScore score,
            String published,
            String link) {
        return new Vulnerability(
                id,
                ReportNode.text(one, resource),
                ReportNode.text(one, installed),
                ReportNode.text(one, fixed),
                score == null ? null : score.value(),
                score != null && score.estimated(),
                ReportNode.time(one, published),
                ReportNode.text(one, link));
    }
}
