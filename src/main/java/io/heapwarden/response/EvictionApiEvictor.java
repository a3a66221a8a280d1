package io.heapwarden.response;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Evicts through {@code POST policy/v1 Eviction}, so that PodDisruptionBudgets hold, with the pod's uid as a
 * precondition, so that a successor of the same name is never hit.
 *
 * <p>The request is sent by hand, because the client's own {@code evict} answers every 429 with {@code false}: the name
 * of the budget, and whether there was one, would be lost. It is sent once: the client's habit of repeating a 429 or
 * 5xx for a minute would hammer a budget that is not going to change.
 */
public final class EvictionApiEvictor implements PodEvictor {

    /** How long each of the two requests may take. */
    public static final Duration TIME_OUT = Duration.ofSeconds(10);

    private final KubernetesSerialization serialization;
    private final HttpClient http;
    private final String master;
    private final Duration timeOut;

    public EvictionApiEvictor(KubernetesClient client) {
        this(client, TIME_OUT);
    }

    EvictionApiEvictor(KubernetesClient client, Duration timeOut) {
        RequestConfig once = new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout((int) timeOut.toMillis())
                .build();
        this.serialization = client.getKubernetesSerialization();
        this.http = client.newClient(once).getHttpClient();
        this.master = client.getMasterUrl().toString();
        this.timeOut = timeOut;
    }

    @Override
    public EvictionOutcome rehearse(PodIdentity pod) {
        return switch (post(pod, true)) {
            case EvictionOutcome.Unanswered(String message) -> new EvictionOutcome.Failed(message);
            case EvictionOutcome outcome -> outcome;
        };
    }

    @Override
    public EvictionOutcome evict(PodIdentity pod, Runnable beforeActing) {
        EvictionOutcome rehearsed = rehearse(pod);
        if (!(rehearsed instanceof EvictionOutcome.Evicted)) {
            return rehearsed;
        }
        beforeActing.run();
        return post(pod, false);
    }

    private EvictionOutcome post(PodIdentity pod, boolean rehearsal) {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request(pod, rehearsal), String.class);
        try {
            HttpResponse<String> response = answer.get(timeOut.toMillis(), TimeUnit.MILLISECONDS);
            return EvictionAnswer.read(
                    pod, response.code(), status(response.body()), response.body(), response.header("Retry-After"));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new EvictionOutcome.Unanswered(
                    "The API server did not answer the eviction of " + pod + " within " + timeOut.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.cancel(true);
            return new EvictionOutcome.Unanswered("The eviction of " + pod + " was interrupted");
        } catch (ExecutionException e) {
            return broken(pod, e.getCause() == null ? e : e.getCause());
        }
    }

    private HttpRequest request(PodIdentity pod, boolean rehearsal) {
        DeleteOptionsBuilder options = new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(pod.uid())
                .endPreconditions();
        String uri = URLUtils.join(master, "api/v1/namespaces", pod.namespace(), "pods", pod.name(), "eviction");
        if (rehearsal) {
            // Admission webhooks are told of a dry run by the parameter, the eviction itself by the body.
            options.withDryRun("All");
            uri += "?dryRun=All";
        }
        Eviction eviction = new EvictionBuilder()
                .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .endMetadata()
                .withDeleteOptions(options.build())
                .build();
        return http.newHttpRequestBuilder()
                .uri(URI.create(uri))
                .post("application/json", serialization.asJson(eviction))
                .build();
    }

    private static EvictionOutcome broken(PodIdentity pod, Throwable cause) {
        String message = "The eviction of " + pod + " got no answer: " + cause;
        boolean neverSent = cause instanceof ConnectException || cause instanceof UnknownHostException;
        return neverSent ? new EvictionOutcome.Failed(message) : new EvictionOutcome.Unanswered(message);
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
}
