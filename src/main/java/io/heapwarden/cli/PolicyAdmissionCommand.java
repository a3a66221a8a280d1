package io.heapwarden.cli;

import io.heapwarden.local.policy.PolicyFile;
import io.heapwarden.local.policy.PolicyFileException;
import io.heapwarden.security.admission.AdmissionManifest;
import io.heapwarden.security.podstandards.PodSecurity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Writes the objects by which the API server itself refuses what a policy reports. */
@Command(
        name = "admission",
        description = {
            "Writes a ValidatingAdmissionPolicy and its binding, by which Kubernetes refuses at creation the pods that a MemoryPolicy reports"
                    + " for spec.security.podStandard and spec.security.images.",
            "",
            "  heapwarden policy admission policy.yaml | kubectl apply -f -",
            ""
        },
        footer = {
            "",
            "What cannot be decided when a pod is created stands as a comment in the output. Needs Kubernetes 1.30 or later, and the right to"
                    + " write cluster-wide objects.",
            "Exit codes: 0 written; 2 the policy cannot be used, or asks for nothing that can be refused."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 2,
        exitCodeOnExecutionException = 2)
final class PolicyAdmissionCommand implements Callable<Integer> {

    private static final int FAILED = 2;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "Namespace whose pods are asked. Default: the policy's, else default.")
    @Nullable
    String namespace;

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            defaultValue = "Deny",
            description = "Deny refuses such pods, Warn only says so, Audit writes it to the audit log. Default: Deny.")
    AdmissionManifest.Action action = AdmissionManifest.Action.Deny;

    @Option(
            names = "--kubernetes",
            paramLabel = "VERSION",
            converter = Minor.class,
            description = "Version of the cluster, whose standards count, such as 1.34, the default.")
    int minor = PodSecurity.DEFAULT_MINOR;

    @Parameters(arity = "1", paramLabel = "FILE", description = "File with the MemoryPolicy.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    Path file;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            PolicyAdmission admission = PolicyAdmission.of(PolicyFile.read(file).policy(), namespace, action, minor);
            if (admission.manifest().rules().isEmpty()) {
                err.println(file + ": asks for nothing that can be refused when a pod is created: set"
                        + " spec.security.podStandard, or allowedRegistries or requireDigest of spec.security.images");
                return FAILED;
            }
            PrintWriter out = spec.commandLine().getOut();
            out.print(admission.toYaml());
            out.flush();
            return 0;
        } catch (PolicyFileException e) {
            err.println(e.getMessage());
        } catch (IllegalArgumentException e) {
            err.println(file + ": " + e.getMessage());
        } finally {
            err.flush();
        }
        return FAILED;
    }

    /** Reads a version of Kubernetes. */
    static final class Minor implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (!text.matches("v?1[.][0-9]{1,3}([.].{0,40})?")) {
                throw new TypeConversionException(
                        "\"" + text + "\" is no version of Kubernetes; write it such as 1.34");
            }
            return Integer.valueOf(text.split("[.]", 3)[1]);
        }
    }
}
