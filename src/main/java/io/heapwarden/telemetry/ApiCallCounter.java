package io.heapwarden.telemetry;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests a client sends to the API server, retries and websockets among them. Install it with
 * {@code KubernetesClientBuilder.withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor(NAME, counter))}.
 */
public final class ApiCallCounter implements Interceptor {

    public static final String NAME = "heapwarden-api-calls";

    private final OperatorMetrics metrics;

    public ApiCallCounter(OperatorMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        count(request, response.code() / 100 + "xx");
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable cause) {
        count(request, "none");
    }

    private void count(HttpRequest request, String code) {
        @Nullable String method = request.method();
        metrics.apiCall(
                method == null ? "get" : method.toLowerCase(Locale.ROOT),
                resource(request.uri().getPath()),
                code);
    }

    /**
     * The resource of a request's path, with its subresource: {@code pods}, {@code pods/exec}. Names of objects are left
     * out, and what is no resource is {@code other}.
     */
    static String resource(@Nullable String path) {
        String[] parts = (path == null ? "" : path).replaceFirst("^/+", "").split("/+", 0);
        int next =
                switch (parts[0]) {
                    case "api" -> 2;
                    case "apis" -> 3;
                    default -> parts.length;
                };
        // /api/v1/namespaces/NAME/pods is about pods; /api/v1/namespaces/NAME is about namespaces.
        if (next + 2 < parts.length && parts[next].equals("namespaces")) {
            next += 2;
        }
        if (next >= parts.length) {
            return "other";
        }
        return next + 2 < parts.length ? parts[next] + "/" + parts[next + 2] : parts[next];
    }
}
