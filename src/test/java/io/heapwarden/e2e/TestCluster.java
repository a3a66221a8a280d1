package io.heapwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The cluster under test, reached as a user reaches it: through kubectl, helm and the API. */
final class TestCluster {

    static final Duration A_MINUTE = Duration.ofMinutes(1);

    private static final Path KUBECONFIG = Path.of(required("KUBECONFIG"));
    private static final String KUBECTL = System.getenv().getOrDefault("HEAPWARDEN_KUBECTL", "kubectl");
    private static final String HELM = System.getenv().getOrDefault("HEAPWARDEN_HELM", "helm");

    static final KubernetesClient CLIENT = new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(KUBECONFIG.toFile()))
            .build();

    private TestCluster() {}

    /** Runs kubectl and returns what it printed, standard error included; fails when kubectl does. */
    static String kubectl(String... arguments) {
        Output output = run(KUBECTL, arguments);
        assertThat(output.exitCode())
                .as("kubectl %s: %s", String.join(" ", arguments), output.text())
                .isZero();
        return output.text();
    }

    /** Runs kubectl whatever comes of it. */
    static Output tryKubectl(String... arguments) {
        return run(KUBECTL, arguments);
    }

    static String helm(String... arguments) {
        Output output = run(HELM, arguments);
        assertThat(output.exitCode())
                .as("helm %s: %s", String.join(" ", arguments), output.text())
                .isZero();
        return output.text();
    }

    static Output tryHelm(String... arguments) {
        return run(HELM, arguments);
    }

    /** Applies a manifest given as text. */
    static void apply(String namespace, String manifest) {
        Output output = run(KUBECTL, manifest, new String[] {"apply", "-n", namespace, "-f", "-"});
        assertThat(output.exitCode()).as("kubectl apply: %s", output.text()).isZero();
    }

    /** A fresh namespace, with the given labels besides. */
    static void createNamespace(String name, Map<String, String> labels) {
        CLIENT.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
    }

    static void deleteNamespace(String name) {
        CLIENT.namespaces().withName(name).delete();
    }

    /** What a program printed, and how it ended. */
    record Output(int exitCode, String text) {}

    private static Output run(String program, String... arguments) {
        return run(program, "", arguments);
    }

    private static Output run(String program, String input, String[] arguments) {
        try {
            File transcript = File.createTempFile("heapwarden-e2e", ".txt");
            ProcessBuilder builder = new ProcessBuilder(
                    Stream.concat(Stream.of(program), Stream.of(arguments)).toList());
            builder.environment().put("KUBECONFIG", KUBECONFIG.toString());
            builder.redirectErrorStream(true).redirectOutput(transcript);
            Process process = builder.start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly();
            }
            String text = java.nio.file.Files.readString(transcript.toPath());
            java.nio.file.Files.delete(transcript.toPath());
            return new Output(ended ? process.exitValue() : -1, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static String required(String variable) {
        String value = System.getenv(variable);
        assertThat(value)
                .as("environment variable %s; run `make e2e`", variable)
                .isNotBlank();
        return value;
    }
}
