package io.heapwarden.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.heapwarden.objective.BurnPair;
import io.heapwarden.telemetry.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules that come with the chart. */
class AlertRulesTest {

    private static final Path RULES = Helm.CHART.resolve("files/alerts.yaml");
    private static final Path TESTS = Path.of("src/test/resources/alerts/alerts-test.yaml");
    private static final Pattern METRIC = Pattern.compile("heapwarden_[a-z_]+");

    @Test
    void everyRuleAsksForMetricsThatExistByLabelsTheyHave() throws IOException {
        Map<String, List<String>> labels =
                Arrays.stream(Metric.values()).collect(Collectors.toMap(Metric::prometheusName, Metric::labels));

        for (JsonNode rule : rules()) {
            String expression = rule.path("expr").asText();
            Matcher metric = METRIC.matcher(expression);
            assertThat(metric.find()).as(expression).isTrue();
            do {
                assertThat(labels).containsKey(metric.group());
                Matcher by = Pattern.compile("by \\(([^)]*)\\)").matcher(expression);
                assertThat(by.find()).as(expression).isTrue();
                assertThat(labels.get(metric.group())).contains(by.group(1).split(", "));
            } while (metric.find());
        }
    }

    @Test
    void windowsAndBarsAreThoseOfTheOperator() throws IOException {
        List<String> expressions =
                rules().stream().map(rule -> rule.path("expr").asText()).toList();

        for (BurnPair pair : BurnPair.values()) {
            String bar = String.format(Locale.ROOT, "%.1f", pair.bar()).replace(".0", "");
            assertThat(expressions)
                    .as(pair.name())
                    .anyMatch(expression -> expression.contains(
                                    "window=\"" + pair.longer().label() + "\"}) > " + bar + "\n")
                            && expression.contains("window=\"" + pair.shorter().label() + "\"}) > " + bar + "\n"));
        }
    }

    @Test
    void aPrometheusRuleIsMadeOnRequestOnly() throws IOException {
        assertThat(Helm.template().kinds()).doesNotContain("PrometheusRule");

        GenericKubernetesResource rule = Helm.template(
                        "--set", "prometheusRule.enabled=true,prometheusRule.labels.release=prometheus")
                .only(GenericKubernetesResource.class);

        assertThat(rule.getMetadata().getLabels()).containsEntry("release", "prometheus");
        assertThat(new ObjectMapper().<JsonNode>valueToTree(rule.<Object>get("spec")))
                .isEqualTo(file());
    }

    @Test
    void prometheusTakesThemAndTheyFireWhenTheyShould(@TempDir Path directory) throws IOException {
        Optional<Path> promtool = Stream.of(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
                .map(part -> Path.of(part, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(promtool.isPresent(), "no promtool: Debian's package prometheus has it");
        Files.copy(RULES, directory.resolve("alerts.yaml"));
        Path tests = Files.copy(TESTS, directory.resolve("alerts-test.yaml"));

        Helm.Outcome check =
                Helm.execute(List.of(promtool.get().toString(), "check", "rules", RULES.toString()), Map.of());
        assertThat(check.output()).contains("SUCCESS: " + rules().size() + " rules found");
        Helm.Outcome run =
                Helm.execute(List.of(promtool.get().toString(), "test", "rules", tests.toString()), Map.of());
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    private static List<JsonNode> rules() throws IOException {
        return file().at("/groups/0/rules").valueStream().toList();
    }

    private static JsonNode file() throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(RULES.toFile());
    }
}
