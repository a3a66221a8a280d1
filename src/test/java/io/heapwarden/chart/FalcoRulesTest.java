package io.heapwarden.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.heapwarden.security.falco.FalcoEvent;
import io.heapwarden.security.falco.FalcoObservations;
import io.heapwarden.security.falco.FalcoPriority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Falco rules that come with the chart. */
class FalcoRulesTest {

    private static final Path RULES = Helm.CHART.resolve("files/falco-rules.yaml");
    private static final Path SCHEMA = Path.of("src/test/resources/falco/rule-schema.json");
    private static final Pattern NAME = Pattern.compile("heapwarden_[a-z_]+");
    private static final Pattern FIELD =
            Pattern.compile("(?<![\\w./-])(evt|proc|fd|container|user|k8s)(\\.[a-z0-9_]+)+(\\[\\d])?");

    /** What the rules use of what `falco --list` names at engine 0.57; a typing error in a field keeps Falco from starting. */
    private static final Set<String> FIELDS = Set.of(
            "evt.type",
            "evt.num",
            "evt.res",
            "evt.rawres",
            "evt.buffer",
            "evt.is_open_read",
            "evt.is_open_write",
            "proc.name",
            "proc.pname",
            "proc.exepath",
            "proc.pexepath",
            "proc.cmdline",
            "proc.pcmdline",
            "proc.acmdline[2]",
            "proc.duration",
            "fd.name",
            "fd.filename",
            "fd.num",
            "fd.type",
            "fd.typechar",
            "fd.l4proto",
            "fd.sport",
            "fd.sip",
            "fd.snet",
            "container.id",
            "container.name",
            "container.image.repository",
            "k8s.ns.name",
            "k8s.pod.name",
            "user.name",
            "user.uid");

    @Test
    void falcosOwnSchemaTakesThem() throws IOException {
        assertThat(schema().validate(file())).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatFalcoWould() throws IOException {
        JsonNode broken = new ObjectMapper(new YAMLFactory())
                .readTree(Files.readString(RULES)
                        .replace("priority: CRITICAL", "priority: SEVERE")
                        .replace("- rule: Heap", "- rules: Heap"));
        assertThat(schema().validate(broken)).hasSizeGreaterThan(3);
    }

    @Test
    void everyRuleHasWhatFalcoNeedsAndCanBeExcepted() throws IOException {
        assertThat(rules()).hasSize(6);
        for (JsonNode rule : rules()) {
            assertThat(rule.fieldNames())
                    .toIterable()
                    .contains("rule", "desc", "condition", "output", "priority", "tags", "exceptions");
            assertThat(rule.path("condition").asText())
                    .contains("evt.type", "heapwarden_in_container", "and not heapwarden_allowed_");
            assertThat(rule.path("output").asText())
                    .contains("%container.id", "%k8s.ns.name", "%k8s.pod.name", "%proc.pname", "%proc.pcmdline");
            for (JsonNode exception : rule.path("exceptions")) {
                assertThat(exception.path("comps").size())
                        .isIn(0, exception.path("fields").size());
            }
        }
    }

    @Test
    void everyListAndMacroThatIsUsedIsDefinedBeforeAndEveryOneIsUsed() throws IOException {
        Set<String> defined = new HashSet<>();
        Set<String> used = new HashSet<>();
        for (JsonNode entry : file()) {
            Matcher name = NAME.matcher(entry.path("condition").asText());
            while (name.find()) {
                assertThat(defined).contains(name.group());
                used.add(name.group());
            }
            defined.add(entry.path("list").asText(entry.path("macro").asText()));
        }
        defined.remove("");
        assertThat(used).isEqualTo(defined);
    }

    @Test
    void everyFieldIsOneOfFalcos() throws IOException {
        Set<String> found = new HashSet<>();
        for (JsonNode entry : file()) {
            List<String> texts = new ArrayList<>(List.of(
                    entry.path("condition").asText(), entry.path("output").asText()));
            entry.path("exceptions")
                    .forEach(exception -> exception.path("fields").forEach(field -> texts.add(field.asText())));
            for (String text : texts) {
                Matcher field = FIELD.matcher(text.replace('%', ' ').replace('=', ' '));
                while (field.find()) {
                    found.add(field.group());
                }
            }
        }
        assertThat(found).isEqualTo(FIELDS);
    }

    @Test
    void everyRuleHasARemedyOfItsOwnAndAReference() throws IOException {
        String general = observed("another rule", List.of()).remedy();
        for (JsonNode rule : rules()) {
            List<String> tags = new ArrayList<>();
            rule.path("tags").forEach(tag -> tags.add(tag.asText()));
            assertThat(observed(rule.path("rule").asText(), tags).remedy()).isNotEqualTo(general);
            assertThat(observed("r", tags).reference()).contains("T1");
        }
    }

    @Test
    void aConfigMapIsMadeOnRequestOnly() throws IOException {
        assertThat(Helm.template().all(ConfigMap.class)).isEmpty();

        ConfigMap map = Helm.template("--set", "security.falco.rules.create=true,security.falco.rules.namespace=falco")
                .only(ConfigMap.class);

        assertThat(map.getMetadata().getNamespace()).isEqualTo("falco");
        assertThat(new ObjectMapper(new YAMLFactory()).readTree(map.getData().get("heapwarden_rules.yaml")))
                .isEqualTo(file());
    }

    private static io.heapwarden.security.Observation observed(String rule, List<String> tags) {
        return FalcoObservations.of(
                new FalcoEvent(Instant.EPOCH, FalcoPriority.Error, rule, "", "", "", tags, Map.of()), "");
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(VersionFlag.V6).getSchema(Files.readString(SCHEMA));
    }

    private static List<JsonNode> rules() throws IOException {
        return file().valueStream().filter(entry -> entry.has("rule")).toList();
    }

    private static JsonNode file() throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(RULES.toFile());
    }
}
