package io.heapwarden.telemetry.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where spans go, and as whose.
 *
 * @param endpoint of the collector, such as {@code http://otel-collector.monitoring:4318}; without a path, {@code /v1/traces} is added
 * @param headers directory in which each file is a header of every request, its name that of the file; read anew for each; null for none
 * @param version of this program
 * @param pod name of the operator's pod
 */
public record OtlpSettings(String endpoint, @Nullable Path headers, String version, String pod) {

    private static final String PATH = "/v1/traces";
    private static final int MOST_HEADERS = 20;
    private static final int LONGEST_HEADER = 8_192;

    SpanExporter exporter(Duration timeOut) {
        var builder = OtlpHttpSpanExporter.builder()
                .setEndpoint(address().toString())
                .setTimeout(timeOut)
                .setConnectTimeout(timeOut);
        Path directory = headers;
        if (directory != null) {
            builder.setHeaders(() -> read(directory));
        }
        return builder.build();
    }

    Resource resource() {
        return Resource.create(Attributes.builder()
                .put("service.name", "heapwarden")
                .put("service.version", version)
                .put("k8s.pod.name", pod)
                .build());
    }

    /** @throws IllegalArgumentException when it is none */
    URI address() {
        URI uri;
        try {
            uri = URI.create(endpoint.strip());
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null || uri.getUserInfo() != null) {
            throw wrong(null);
        }
        String path = uri.getPath();
        return path == null || path.isEmpty() || path.equals("/") ? uri.resolve(PATH) : uri;
    }

    private static IllegalArgumentException wrong(@Nullable Exception cause) {
        return new IllegalArgumentException(
                "heapwarden.otlp.endpoint is no address of a collector: it must be http or https with a host and without a user, such as"
                        + " http://otel-collector.monitoring:4318",
                cause);
    }

    /** What cannot be read is left out: the collector then says what it misses. Kubernetes' own files in a mounted Secret begin with two dots. */
    private static Map<String, String> read(Path directory) {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .limit(MOST_HEADERS)
                    .toList()) {
                if (Files.size(file) <= LONGEST_HEADER) {
                    found.put(
                            file.getFileName().toString(),
                            Files.readString(file).strip());
                }
            }
        } catch (IOException unreadable) {
            return Map.of();
        }
        return found;
    }
}
