package io.heapwarden.local.policy;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.heapwarden.api.MemoryPolicy;
import io.heapwarden.operator.PolicyPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A MemoryPolicy that was read from a file. It is refused for what an API server refuses it for: the CRD's schema and rules are applied, unknown
 * fields included. The file may hold other documents too, but one MemoryPolicy.
 *
 * @param file where it was read
 * @param policy the policy as it is written, defaults filled in
 * @param plan the same as it is worked by
 * @param lines where each objective stands, in their order; empty when none is written
 */
public record PolicyFile(Path file, MemoryPolicy policy, PolicyPlan plan, List<Integer> lines) {

    private static final String API_VERSION = "heapwarden.io/v1alpha1";
    private static final String KIND = "MemoryPolicy";
    private static final String CRD = "/io/heapwarden/crds/memorypolicies.heapwarden.io-v1.yml";

    /** Stands for the namespace of a policy that names none. */
    private static final String NO_NAMESPACE = "default";

    public PolicyFile {
        lines = List.copyOf(lines);
    }

    /**
     * Reads a policy.
     *
     * @throws PolicyFileException when there is none in the file, or it is not as it should be
     */
    public static PolicyFile read(Path file) throws PolicyFileException {
        try {
            YamlDocument document = only(file, documents(file));
            return read(file, document);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw refused(file, line, "is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw refused(file, 0, "is not YAML: " + e.getMessage());
        } catch (NoSuchFileException e) {
            throw refused(file, 0, "does not exist; say with -f where the policy is");
        } catch (MalformedInputException e) {
            throw refused(file, 0, "is not text in UTF-8");
        } catch (IOException e) {
            throw refused(file, 0, "cannot be read: " + e.getMessage());
        }
    }

    /** Line of an objective's name, or of the file's start when it is the default one. */
    public int lineOf(int objective) {
        return objective < lines.size() ? lines.get(objective) : 1;
    }

    private static List<YamlDocument> documents(Path file) throws IOException {
        Compose compose = new Compose(LoadSettings.builder().setUseMarks(true).build());
        return StreamSupport.stream(
                        compose.composeAllFromString(Files.readString(file)).spliterator(), false)
                .map(YamlDocument::new)
                .filter(document -> document.value() != null)
                .toList();
    }

    private static YamlDocument only(Path file, List<YamlDocument> documents) throws PolicyFileException {
        List<YamlDocument> policies = documents.stream()
                .filter(document -> KIND.equals(field(document, "kind")))
                .toList();
        if (policies.size() == 1) {
            return policies.getFirst();
        }
        if (policies.size() > 1) {
            throw refused(
                    file,
                    policies.get(1).line("kind"),
                    "holds " + policies.size() + " policies; name a file with one, as only one can be followed");
        }
        throw refused(file, 0, "holds no policy: a document with kind: " + KIND + " is needed");
    }

    private static PolicyFile read(Path file, YamlDocument document) throws PolicyFileException {
        List<PolicyProblem> problems = new ArrayList<>(document.problems());
        if (!API_VERSION.equals(field(document, "apiVersion"))) {
            problems.add(new PolicyProblem(
                    document.line("apiVersion"), "apiVersion: must be " + API_VERSION + " for a " + KIND));
        }
        Map<String, Object> root = PolicySchema.asFields((Map<?, ?>) whole(document));
        root.keySet().stream()
                .filter(key -> !List.of("apiVersion", "kind", "metadata", "spec", "status")
                        .contains(key))
                .forEach(key -> problems.add(new PolicyProblem(
                        document.line(key),
                        "unknown field \"" + key + "\"; what a policy asks for stands under spec")));
        if (!(root.get("metadata") instanceof Map<?, ?> metadata) || !(metadata.get("name") instanceof String)) {
            problems.add(new PolicyProblem(document.line("metadata"), "metadata.name: Required value"));
        }
        if (root.get("spec") == null) {
            problems.add(new PolicyProblem(document.line("spec"), "spec: Required value"));
        } else {
            for (PolicySchema.Finding finding : PolicySchema.check(specSchema(), root.get("spec"), "spec")) {
                problems.add(new PolicyProblem(document.line(finding.path()), finding.message()));
            }
        }
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(PolicyProblem::line));
            throw new PolicyFileException(file, problems);
        }
        try {
            MemoryPolicy policy = policy(root);
            return new PolicyFile(file, policy, PolicyPlan.of(policy), objectiveLines(document, root));
        } catch (IllegalArgumentException e) {
            throw refused(file, 0, String.valueOf(e.getMessage()));
        }
    }

    private static MemoryPolicy policy(Map<String, Object> root) {
        KubernetesSerialization json = new KubernetesSerialization();
        MemoryPolicy policy = json.unmarshal(json.asJson(root), MemoryPolicy.class);
        ObjectMeta metadata = policy.getMetadata();
        if (metadata.getNamespace() == null) {
            metadata.setNamespace(NO_NAMESPACE);
        }
        metadata.setUid("file");
        metadata.setGeneration(1L);
        return policy;
    }

    private static List<Integer> objectiveLines(YamlDocument document, Map<String, Object> root) {
        int count = root.get("spec") instanceof Map<?, ?> spec && spec.get("objectives") instanceof List<?> written
                ? written.size()
                : 0;
        List<Integer> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(document.line("spec.objectives[" + i + "].name"));
        }
        return lines;
    }

    private static Object whole(YamlDocument document) {
        Object value = document.value();
        return value == null ? Map.of() : value;
    }

    private static @Nullable Object field(YamlDocument document, String name) {
        return document.value() instanceof Map<?, ?> map ? map.get(name) : null;
    }

    private static Map<String, Object> specSchema() {
        try (InputStream crd = PolicyFile.class.getResourceAsStream(CRD)) {
            if (crd == null) {
                throw new IllegalStateException(CRD + " is missing from this build");
            }
            Object node = new Load(LoadSettings.builder().build()).loadFromInputStream(crd);
            Object version = ((List<?>) step(step(node, "spec"), "versions")).getFirst();
            Object root = step(step(version, "schema"), "openAPIV3Schema");
            return PolicySchema.asFields((Map<?, ?>) step(step(root, "properties"), "spec"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object step(@Nullable Object node, String field) {
        Object next = node instanceof Map<?, ?> map ? map.get(field) : null;
        if (next != null) {
            return next;
        }
        throw new IllegalStateException(CRD + " has no " + field + " where a CRD has it");
    }

    private static PolicyFileException refused(Path file, int line, String message) {
        return new PolicyFileException(file, List.of(new PolicyProblem(line, message)));
    }
}
