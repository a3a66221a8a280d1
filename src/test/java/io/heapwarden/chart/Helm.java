package io.heapwarden.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the real helm on the chart: named by HEAPWARDEN_HELM, on the PATH, or in the cache that {@code make cluster} fills. */
final class Helm {

    static final Path CHART = Path.of("helm/heapwarden");
    static final String NAMESPACE = "heapwarden-system";
    private static final long SECONDS = 60;

    private Helm() {}

    /** Exit code with everything printed, standard output and standard error together. */
    record Outcome(int exitCode, String output) {}

    /** {@code helm template} with arguments; fails the test when helm refuses. */
    static Manifests template(String... arguments) {
        List<String> all = new ArrayList<>(List.of("template", "heapwarden", CHART.toString(), "-n", NAMESPACE));
        all.addAll(List.of(arguments));
        Outcome outcome = run(all.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return Manifests.parse(outcome.output());
    }

    static Outcome run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(binary().toString()));
        command.addAll(List.of(arguments));
        return execute(command, Map.of());
    }

    static Outcome execute(List<String> command, Map<String, String> environment) {
        try {
            // A file and not a pipe: nothing to drain, so the time-out holds whatever is printed.
            Path output = Files.createTempFile("heapwarden-chart", ".out");
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.redirectOutput(output.toFile()).environment().putAll(environment);
            Process process = builder.start();
            try {
                assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
                        .as("%s ends within %d s", command, SECONDS)
                        .isTrue();
                return new Outcome(process.exitValue(), Files.readString(output));
            } finally {
                process.destroyForcibly();
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Path binary() {
        Optional<Path> found = Stream.of(named(), onPath(), cached())
                .flatMap(candidates -> candidates)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "no helm: set HEAPWARDEN_HELM, put it on the PATH, or run make cluster once");
        return found.get();
    }

    private static Stream<Path> named() {
        return Optional.ofNullable(System.getenv("HEAPWARDEN_HELM")).map(Path::of).stream();
    }

    private static Stream<Path> onPath() {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
                .map(directory -> Path.of(directory, "helm"));
    }

    private static Stream<Path> cached() {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "heapwarden");
        if (!Files.isDirectory(cache)) {
            return Stream.empty();
        }
        try (Stream<Path> versions = Files.list(cache)) {
            return versions.map(version -> version.resolve("helm")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
