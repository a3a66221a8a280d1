package io.heapwarden.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.heapwarden.api.Response.Action;
import io.heapwarden.api.Response.When;
import io.heapwarden.growth.State;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Defaults hold without an API server too, and are the same. */
class DefaultsTest {

    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void aPolicyWithOnlyASelectorIsComplete() {
        MemoryPolicySpec spec = specOf("{selector: {matchLabels: {app: checkout}}}");

        assertThat(spec.selector().getMatchLabels()).containsEntry("app", "checkout");
        assertThat(spec.containers()).isEmpty();
        assertThat(spec.mode()).isEqualTo(MemoryPolicySpec.Mode.Observe);
        assertThat(spec.sampling()).isEqualTo(Sampling.DEFAULT);
        assertThat(spec.sampling().channels()).containsExactly(Sampling.Channel.Metrics, Sampling.Channel.Exec);
        assertThat(spec.objectives()).isNull();
        assertThat(spec.security()).isNull();
        assertThat(spec.responses())
                .containsExactly(
                        new Response(new When(State.Leaking, null, null), List.of(Action.Annotate, Action.Event)));
        assertThat(spec.restart()).isEqualTo(Restart.DEFAULT);
        assertThat(spec.restart().maxUnavailable()).isEqualTo(new IntOrString("20%"));
        assertThat(spec.restart().windows()).isEmpty();
    }

    @Test
    void javaFillsInWhatTheSchemaSays() throws IOException {
        MemoryPolicySpec spec =
                specOf("{selector: {}, sampling: {histogram: {}}, objectives: [{name: a}], restart: {windows: [{days:"
                        + " [Mon], from: '22:00', to: '05:00'}]}, security: {falco: {}, jvm: {}, images: {}},"
                        + " evidence: {heapDump: {}}}");
        Map<String, String> declared = new TreeMap<>();
        collect(
                GeneratedCrds.all()
                        .getFirst()
                        .getSpec()
                        .getVersions()
                        .getFirst()
                        .getSchema()
                        .getOpenAPIV3Schema()
                        .getProperties()
                        .get("spec"),
                "",
                declared);

        JsonNode filledIn = mapper.valueToTree(spec);

        assertThat(declared).hasSizeGreaterThan(12);
        declared.forEach((pointer, value) ->
                assertThat(filledIn.at(pointer).asText()).as(pointer).isEqualTo(value));
    }

    /** The API server refuses empty lists; a default must not turn into one on the way back. */
    @Test
    void whatIsUnsetIsNotWrittenBackAsEmpty() {
        JsonNode written = mapper.valueToTree(specOf("{selector: {}, restart: {}}"));

        assertThat(written.has("containers")).isFalse();
        assertThat(written.at("/restart").has("windows")).isFalse();
        assertThat(written.get("selector")).isEmpty();
        assertThat(written.has("selector")).isTrue();
    }

    private static MemoryPolicySpec specOf(String spec) {
        return Serialization.unmarshal(
                        "apiVersion: heapwarden.io/v1alpha1\nkind: MemoryPolicy\nspec: " + spec, MemoryPolicy.class)
                .getSpec();
    }

    private static void collect(JSONSchemaProps schema, String pointer, Map<String, String> defaults) {
        if (schema.getDefault() != null) {
            defaults.put(pointer, schema.getDefault().asText());
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, field) -> collect(field, pointer + "/" + name, defaults));
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            collect(schema.getItems().getSchema(), pointer + "/0", defaults);
        }
    }
}
