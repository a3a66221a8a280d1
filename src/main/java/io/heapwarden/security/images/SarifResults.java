package io.heapwarden.security.images;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads SARIF 2.1.0 as scanners of images write it: the score is the rule's property {@code security-severity}, the package and its versions stand in the
 * result's message where Trivy wrote it. Results that were suppressed, and rules for something else than vulnerabilities, do not count.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
final class SarifResults {

    private static final String SCORE = "security-severity";
    private static final String VULNERABILITY = "vulnerability";
    private static final List<String> OTHER_KINDS = List.of("misconfiguration", "secret", "license");
    private static final Map<String, String> SEVERITY_OF_LEVEL =
            Map.of("error", "HIGH", "warning", "MEDIUM", "note", "LOW");

    private static final Pattern LINE = Pattern.compile(
            "^(Package|Installed Version|Fixed Version|Severity): ?([^\\n]{0,300})$", Pattern.MULTILINE);
    private static final int LONGEST_MESSAGE = 10_000;

    private SarifResults() {}

    static ImageReport report(JsonNode root) throws ReportFormatException {
        JsonNode runs = ReportNode.list(root, "runs", "runs");
        Collected collected = new Collected();
        String image = "";
        for (int i = 0; i < runs.size(); i++) {
            JsonNode run = runs.get(i);
            Map<String, JsonNode> rules = rules(run);
            JsonNode results = run.path("results");
            for (int j = 0; j < results.size(); j++) {
                add(run, rules, results.get(j), "runs[" + i + "].results[" + j + "]", collected);
            }
            image = image.isEmpty() ? ReportNode.text(run.path("properties"), "imageName") : image;
        }
        return collected.of(image, "");
    }

    private static void add(
            JsonNode run, Map<String, JsonNode> rules, JsonNode result, String path, Collected collected)
            throws ReportFormatException {
        if (suppressed(result)) {
            return;
        }
        JsonNode byIndex = run.path("tool")
                .path("driver")
                .path("rules")
                .path(result.path("ruleIndex")
                        .asInt(result.path("rule").path("index").asInt(-1)));
        String id = firstOf(
                ReportNode.text(result, "ruleId"),
                ReportNode.text(result.path("rule"), "id"),
                ReportNode.text(byIndex, "id"));
        if (id.isEmpty()) {
            throw new ReportFormatException(path + " has neither a ruleId nor a ruleIndex");
        }
        JsonNode rule = rules.getOrDefault(id, byIndex);
        if (ofAnotherKind(rule)) {
            return;
        }
        Map<String, String> said = said(result.path("message").path("text").asText(""));
        String level = firstOf(
                ReportNode.text(result, "level"),
                ReportNode.text(rule.path("defaultConfiguration"), "level"),
                "warning");
        String severity = firstOf(
                said.getOrDefault("Severity", ""), SEVERITY_OF_LEVEL.getOrDefault(level.toLowerCase(Locale.ROOT), ""));
        CvssScore score = CvssScore.of(rule.path("properties").path(SCORE), severity);
        collected.add(new Vulnerability(
                id,
                firstOf(said.getOrDefault("Package", ""), place(result)),
                said.getOrDefault("Installed Version", ""),
                fixed(said),
                score == null ? null : score.value(),
                score != null && score.estimated(),
                null,
                ReportNode.text(rule, "helpUri")));
    }

    private static @Nullable String fixed(Map<String, String> said) {
        return said.get("Fixed Version");
    }

    private static Map<String, JsonNode> rules(JsonNode run) {
        Map<String, JsonNode> rules = new HashMap<>();
        for (JsonNode extension : run.path("tool").path("extensions")) {
            extension.path("rules").forEach(rule -> rules.put(ReportNode.text(rule, "id"), rule));
        }
        run.path("tool").path("driver").path("rules").forEach(rule -> rules.put(ReportNode.text(rule, "id"), rule));
        return rules;
    }

    /** By the standard a suppression counts unless it is still asked for, or refused. */
    private static boolean suppressed(JsonNode result) {
        boolean any = false;
        for (JsonNode suppression : result.path("suppressions")) {
            String status = suppression.path("status").asText("accepted");
            if (!status.equals("accepted")) {
                return false;
            }
            any = true;
        }
        return any;
    }

    private static boolean ofAnotherKind(JsonNode rule) {
        boolean other = false;
        for (JsonNode tag : rule.path("properties").path("tags")) {
            String text = tag.asText("").toLowerCase(Locale.ROOT);
            if (text.equals(VULNERABILITY)) {
                return false;
            }
            other |= OTHER_KINDS.contains(text);
        }
        return other;
    }

    private static Map<String, String> said(String message) {
        Map<String, String> said = new HashMap<>();
        Matcher line =
                LINE.matcher(message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE));
        while (line.find()) {
            said.putIfAbsent(line.group(1), ReportNode.shown(line.group(2).strip()));
        }
        return said;
    }

    private static String place(JsonNode result) {
        return ReportNode.text(
                result.path("locations").path(0).path("physicalLocation").path("artifactLocation"), "uri");
    }

    private static String firstOf(String... texts) {
        for (String text : texts) {
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }
}
