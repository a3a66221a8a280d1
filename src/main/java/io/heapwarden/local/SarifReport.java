package io.heapwarden.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heapwarden.api.ContainerReport.CulpritReport;
import io.heapwarden.local.ObjectiveStanding.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Writes a report as SARIF 2.1.0 (OASIS Standard, 27 March 2020): a rule for each objective of the policy, a result for each JVM that breaks one. It
 * points at the objective in the policy file, since a leak has no line of its own, and names the culprit as a logical location. Pure.
 */
final class SarifReport {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private SarifReport() {}

    static String of(RunReport run, String version) {
        ObjectNode log = JSON.createObjectNode().put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode sarif = log.putArray("runs").addObject();
        ObjectNode driver = sarif.putObject("tool").putObject("driver");
        driver.put("name", "Heapwarden").put("version", version);
        ArrayNode rules = driver.putArray("rules");
        for (ObjectiveStanding objective : objectives(run)) {
            ObjectNode rule = rules.addObject().put("id", objective.name());
            rule.putObject("shortDescription").put("text", objective.demand());
        }
        ObjectNode invocation = sarif.putArray("invocations")
                .addObject()
                .put("executionSuccessful", run.outcome() != Outcome.NotJudged)
                .put("exitCode", run.outcome().exitCode())
                .put("startTimeUtc", run.startedAt().toString())
                .put("endTimeUtc", run.startedAt().plus(run.took()).toString());
        if (run.notJudged() != null) {
            ObjectNode notification = invocation
                    .putArray("toolExecutionNotifications")
                    .addObject()
                    .put("level", "error");
            notification.putObject("message").put("text", run.notJudged());
        }
        sarif.put("columnKind", "utf16CodeUnits");
        ArrayNode results = sarif.putArray("results");
        for (JvmStanding jvm : run.jvms()) {
            for (int i = 0; i < jvm.objectives().size(); i++) {
                if (jvm.objectives().get(i).result() == Result.Broken) {
                    result(results.addObject(), run, jvm, i);
                }
            }
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(log) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON could not be written to memory", e);
        }
    }

    private static void result(ObjectNode result, RunReport run, JvmStanding jvm, int index) {
        ObjectiveStanding objective = jvm.objectives().get(index);
        List<CulpritReport> culprits =
                jvm.report().culprits() == null ? List.of() : jvm.report().culprits();
        result.put("ruleId", objective.name())
                .put("ruleIndex", index)
                .put("kind", "fail")
                .put("level", "error");
        result.putObject("message").put("text", message(jvm, objective));
        ObjectNode location = result.putArray("locations").addObject();
        ObjectNode physical = location.putObject("physicalLocation");
        physical.putObject("artifactLocation").put("uri", uri(run.policy().file()));
        physical.putObject("region").put("startLine", run.policy().lineOf(index));
        if (!culprits.isEmpty()) {
            ArrayNode logical = location.putArray("logicalLocations");
            culprits.forEach(culprit -> logical.addObject()
                    .put("fullyQualifiedName", culprit.className())
                    .put("kind", "type"));
        }
        String first = culprits.isEmpty() ? "" : culprits.getFirst().className();
        String identity = String.join("|", jvm.jvm().main(), objective.name(), first);
        result.putObject("partialFingerprints")
                .put(
                        "heapwarden/v1",
                        UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                                .toString());
    }

    private static String message(JvmStanding jvm, ObjectiveStanding objective) {
        String reasons = jvm.report().reasons() == null
                ? ""
                : String.join(" ", jvm.report().reasons());
        return JUnitReport.failure(jvm, objective) + ". " + objective.demand() + ": " + objective.inWords() + ". "
                + reasons;
    }

    /** Relative to where the command ran, which is the checkout in a CI job. */
    private static String uri(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(here)
                ? here.toUri().relativize(absolute.toUri()).toString()
                : absolute.toUri().toString();
    }

    private static Set<ObjectiveStanding> objectives(RunReport run) {
        return run.jvms().isEmpty()
                ? Set.of()
                : new LinkedHashSet<>(run.jvms().getFirst().objectives());
    }
}
