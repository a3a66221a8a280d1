package io.heapwarden.security.podstandards;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * An example pod of Kubernetes' own tests.
 *
 * @param standard the level it is an example of
 * @param passes whether that level allows it
 * @param pod the pod
 */
public record UpstreamPod(PodStandard standard, boolean passes, Pod pod) {

    private static final Path DIRECTORY = Path.of("src/test/resources/podstandards");

    /** All examples of a version. */
    public static Stream<UpstreamPod> all(String version) {
        return Stream.of(PodStandard.values())
                .flatMap(standard -> Stream.of(true, false).flatMap(passes -> read(version, standard, passes)));
    }

    private static Stream<UpstreamPod> read(String version, PodStandard standard, boolean passes) {
        String file = standard.name().toLowerCase(Locale.ROOT) + (passes ? "-pass.jsonl" : "-fail.jsonl");
        try {
            return Files.readAllLines(DIRECTORY.resolve(version).resolve(file)).stream()
                    .map(line -> new UpstreamPod(standard, passes, Serialization.unmarshal(line, Pod.class)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return standard + " " + (passes ? "pass " : "fail ") + pod.getMetadata().getName();
    }
}
