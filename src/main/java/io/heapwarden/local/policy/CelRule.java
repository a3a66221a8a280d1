package io.heapwarden.local.policy;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.heapwarden.api.Quantities;
import java.util.Map;

/** Evaluates validation rules as an API server does: CEL with {@code self}, string functions, and Kubernetes' quantities. */
final class CelRule {

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings())
            .addVar("self", SimpleType.DYN)
            .addFunctionDeclarations(
                    CelFunctionDecl.newFunctionDeclaration(
                            "isQuantity",
                            CelOverloadDecl.newGlobalOverload(
                                    "is_quantity_string", SimpleType.BOOL, SimpleType.STRING)),
                    CelFunctionDecl.newFunctionDeclaration(
                            "quantity",
                            CelOverloadDecl.newGlobalOverload("quantity_string", SimpleType.DOUBLE, SimpleType.STRING)),
                    CelFunctionDecl.newFunctionDeclaration(
                            "isGreaterThan",
                            CelOverloadDecl.newMemberOverload(
                                    "quantity_is_greater", SimpleType.BOOL, SimpleType.DOUBLE, SimpleType.DOUBLE)))
            .build();

    private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
            .addLibraries(CelExtensions.strings())
            .addFunctionBindings(
                    CelFunctionBinding.from("is_quantity_string", String.class, CelRule::isQuantity),
                    CelFunctionBinding.from("quantity_string", String.class, Quantities::parse),
                    CelFunctionBinding.from(
                            "quantity_is_greater", Double.class, Double.class, (one, other) -> one > other))
            .build();

    private CelRule() {}

    /**
     * Whether a rule holds.
     *
     * @throws CelEvaluationException when the value has not the form that the rule expects
     * @throws IllegalStateException when the rule itself is not CEL
     */
    static boolean holds(String rule, Object self) throws CelEvaluationException {
        try {
            return Boolean.TRUE.equals(
                    RUNTIME.createProgram(COMPILER.compile(rule).getAst()).eval(Map.of("self", self)));
        } catch (CelValidationException e) {
            throw new IllegalStateException("the rule \"" + rule + "\" of the CRD cannot be read", e);
        }
    }

    private static boolean isQuantity(String text) {
        try {
            Quantities.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
