package io.heapwarden.security.admission;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Validation;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Variable;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Evaluates a ValidatingAdmissionPolicy as an API server does: variables one after another, then each validation and its message. */
public final class EvaluatedManifest {

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings(), CelExtensions.optional())
            .addVar("object", SimpleType.DYN)
            .addVar("oldObject", SimpleType.DYN)
            .addVar("request", SimpleType.DYN)
            .addVar("variables", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .build();

    private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
            .addLibraries(CelExtensions.strings(), CelExtensions.optional())
            .build();

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

    private final ValidatingAdmissionPolicy policy;
    private final Map<String, CelRuntime.Program> programs = new HashMap<>();

    public EvaluatedManifest(ValidatingAdmissionPolicy policy) {
        this.policy = policy;
    }

    /** The messages with which a pod is refused, by the name of the rule; the message is checked to be as its expression makes it. */
    public Map<String, String> refusals(Pod pod) throws Exception {
        Map<String, Object> variables = new HashMap<>();
        Map<String, Object> known = new HashMap<>(Map.of("object", defaulted(pod), "variables", variables));
        for (Variable variable : policy.getSpec().getVariables()) {
            variables.put(variable.getName(), evaluate(variable.getExpression(), known));
        }
        Map<String, String> refusals = new LinkedHashMap<>();
        for (Validation validation : policy.getSpec().getValidations()) {
            if (!Boolean.TRUE.equals(evaluate(validation.getExpression(), known))) {
                String name = validation.getExpression().replaceAll(".*variables[.](\\w+).*", "$1");
                refusals.put(name, (String) evaluate(validation.getMessageExpression(), known));
            }
        }
        return refusals;
    }

    /** Whether a match condition holds. */
    public boolean matches(String operation, Object object, Object oldObject) throws Exception {
        String condition = policy.getSpec().getMatchConditions().getFirst().getExpression();
        return (boolean) evaluate(
                condition, Map.of("request", Map.of("operation", operation), "object", object, "oldObject", oldObject));
    }

    /** What the API server fills in before a policy is asked. */
    private static Map<String, Object> defaulted(Pod pod) throws Exception {
        Map<String, Object> object = fields(pod);
        if (object.get("spec") instanceof Map<?, ?> spec && spec.get("volumes") instanceof List<?> volumes) {
            for (Object volume : volumes) {
                @SuppressWarnings("unchecked")
                Map<String, Object> fields = (Map<String, Object>) volume;
                if (fields.size() == 1) {
                    fields.put("emptyDir", Map.of());
                }
            }
        }
        return object;
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> fields(Pod pod) throws Exception {
        return JSON.readValue(Serialization.asJson(pod), Map.class);
    }

    private Object evaluate(String expression, Map<String, Object> known) throws Exception {
        CelRuntime.Program program = programs.get(expression);
        if (program == null) {
            program = compiled(expression);
            programs.put(expression, program);
        }
        return program.eval(known);
    }

    private static CelRuntime.Program compiled(String expression) throws CelEvaluationException {
        try {
            return RUNTIME.createProgram(COMPILER.compile(expression).getAst());
        } catch (CelValidationException e) {
            throw new AssertionError("not CEL: " + expression + "\n" + e.getMessage(), e);
        }
    }
}
