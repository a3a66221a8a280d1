package io.heapwarden.response;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.URLUtils;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the API server the requests that restart something, by hand and once each. The client's own calls repeat a 429 or 5xx for a minute, which
 * would hammer a budget that is not going to change, and hide the words of the answer.
 */
final class ApiRequests {

    private final KubernetesSerialization serialization;
    private final HttpClient http;
    private final String master;
    private final Duration timeOut;

    /**
     * @param client whose server and credentials are used
     * @param timeOut how long each request may take
     */
    ApiRequests(KubernetesClient client, Duration timeOut) {
        RequestConfig once = new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout((int) timeOut.toMillis())
                .build();
        this.serialization = client.getKubernetesSerialization();
        this.http = client.newClient(once).getHttpClient();
        this.master = client.getMasterUrl().toString();
        this.timeOut = timeOut;
    }

    /** What came back. */
    sealed interface Reply {}

    /**
     * An answer of the API server, or of what stands before it.
     *
     * @param code HTTP status
     * @param status the answer as a Status; null when it is none
     * @param body the answer as it came
     * @param retryAfter header Retry-After
     * @param serverTime header Date; null when there is none
     */
    record Answered(
            int code,
            @Nullable Status status,
            @Nullable String body,
            @Nullable String retryAfter,
            @Nullable Instant serverTime)
            implements Reply {}

    /**
     * No answer.
     *
     * @param message what happened instead
     * @param sent whether the request may have arrived
     */
    record Silent(String message, boolean sent) implements Reply {}

    /** Creates a resource. */
    Reply post(String what, String path, Object body) {
        return send(what, builder(path).post("application/json", serialization.asJson(body)));
    }

    /**
     * Changes a resource.
     *
     * @param mediaType kind of the patch, such as application/merge-patch+json
     */
    Reply patch(String what, String path, String mediaType, Object patch) {
        return send(what, builder(path).method("PATCH", mediaType, serialization.asJson(patch)));
    }

    private HttpRequest.Builder builder(String path) {
        return http.newHttpRequestBuilder().uri(URI.create(URLUtils.join(master, path)));
    }

    private Reply send(String what, HttpRequest.Builder request) {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request.build(), String.class);
        try {
            HttpResponse<String> response = answer.get(timeOut.toMillis(), TimeUnit.MILLISECONDS);
            return new Answered(
                    response.code(),
                    status(response.body()),
                    response.body(),
                    response.header("Retry-After"),
                    time(response.header("Date")));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Silent(
                    "The API server did not answer the " + what + " within " + timeOut.toMillis() + " ms", true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.cancel(true);
            return new Silent("The " + what + " was interrupted", true);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            boolean neverSent = cause instanceof ConnectException || cause instanceof UnknownHostException;
            return new Silent("The " + what + " got no answer: " + cause, !neverSent);
        }
    }

    /** A proxy, or the API server's own limiter, answers in plain text. */
    private @Nullable Status status(@Nullable String body) {
        if (body == null || !body.stripLeading().startsWith("{")) {
            return null;
        }
        try {
            return serialization.unmarshal(body, Status.class);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static @Nullable Instant time(@Nullable String date) {
        try {
            return date == null ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
