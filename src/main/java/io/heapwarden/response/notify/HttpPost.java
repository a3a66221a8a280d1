package io.heapwarden.response.notify;

import io.heapwarden.probe.http.AuthorityFile;
import io.heapwarden.response.notify.SendResult.Delivered;
import io.heapwarden.response.notify.SendResult.Refused;
import io.heapwarden.response.notify.SendResult.Retry;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON to an endpoint, once, within a time limit. No redirect is followed, so that nobody but the platform team decides where notices go; of
 * an answer only the first 4,096 bytes are read, and 200 characters shown. Never throws for what the other side did. A proxy is used where the JVM's own properties name one.
 * Safe for use by many threads.
 */
final class HttpPost implements AutoCloseable {

    static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    /** Enough that a secret that begins in what is shown is whole, and so is masked. */
    private static final int ANSWER_BYTES = 4096;

    private static final int ANSWER_SHOWN = 200;

    private final HttpClient client;
    private final Duration limit;
    private final Clock clock;

    /**
     * @param authorities file of certificates that are trusted, in PEM; null for the JDK's own
     * @param limit for a whole request, to the end of its answer
     */
    HttpPost(@Nullable Path authorities, Duration limit, Clock clock) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_LIMIT.compareTo(limit) < 0 ? CONNECT_LIMIT : limit)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        if (authorities != null) {
            builder.sslContext(trusting(authorities));
        }
        this.client = builder.build();
        this.limit = limit;
        this.clock = clock;
    }

    /** Posts. */
    SendResult post(Endpoint endpoint, Credentials credentials, Map<String, String> headers, byte[] json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.uri())
                .timeout(limit)
                .header("Content-Type", "application/json")
                .header("User-Agent", "heapwarden")
                .POST(BodyPublishers.ofByteArray(json));
        headers.forEach(request::header);
        String authorization;
        try {
            authorization = credentials.authorization().orElse("");
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }
        } catch (SecretFile.UnreadableException e) {
            return new Retry(String.valueOf(e.getMessage()), null, true);
        } catch (IllegalArgumentException e) {
            // Its message holds the value.
            return new Retry("the token is one that HTTP cannot carry: it must be ASCII", null, true);
        }
        return send(endpoint, request.build(), Mask.of(endpoint, authorization));
    }

    /** Lets go of every connection. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    private SendResult send(Endpoint endpoint, HttpRequest request, Mask mask) {
        AtomicInteger status = new AtomicInteger();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, info -> {
            status.set(info.statusCode());
            return new FirstBytes(ANSWER_BYTES);
        });
        try {
            HttpResponse<byte[]> complete = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            String after = complete.headers().firstValue("Retry-After").orElse(null);
            String words = new String(complete.body(), StandardCharsets.UTF_8).strip();
            return judge(endpoint, complete.statusCode(), after, PlainText.of(mask.apply(words), ANSWER_SHOWN));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return status.get() == 0 ? late(endpoint) : judge(endpoint, status.get(), null, "");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Retry("given up while waiting for " + endpoint, null, true);
        } catch (ExecutionException e) {
            return new Retry(failure(endpoint, e.getCause()), null, true);
        }
    }

    private SendResult judge(Endpoint endpoint, int status, @Nullable String retryAfter, String words) {
        if (status >= 200 && status < 300) {
            return new Delivered();
        }
        String reason = endpoint + " answers " + status + (words.isEmpty() ? "" : ": " + words);
        if (status >= 300 && status < 400) {
            return new Refused(reason + "; redirects are not followed, so give the URL where it leads to");
        }
        if (status == 408 || status == 429 || status >= 500) {
            Duration after = RetryAfter.parse(retryAfter, clock.instant());
            return new Retry(reason, after, after != null || status == 429);
        }
        return new Refused(reason);
    }

    private Retry late(Endpoint endpoint) {
        return new Retry(endpoint + " gave no answer within " + limit.toMillis() + " ms", null, true);
    }

    /** Words of exceptions may quote the request or the other side, so only their kind is told. */
    private String failure(Endpoint endpoint, @Nullable Throwable failure) {
        boolean secure = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case HttpConnectTimeoutException connecting -> {
                    return "no connection to " + endpoint + " in time; a NetworkPolicy or firewall may be in the way";
                }
                case HttpTimeoutException late -> {
                    return late(endpoint).reason();
                }
                case ConnectException refused -> {
                    return deepest(refused) instanceof UnresolvedAddressException
                            ? "no address is known for " + endpoint
                            : "nothing accepts connections at " + endpoint;
                }
                case GeneralSecurityException untrusted -> {
                    return "the certificate of " + endpoint + " is not trusted: give its authority's as 'caFile'";
                }
                case SSLException broken -> secure = true;
                default -> {}
            }
        }
        return secure ? "no TLS connection with " + endpoint : "the connection with " + endpoint + " broke";
    }

    private static Throwable deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static SSLContext trusting(Path authorities) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AuthorityFile(authorities, true)}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JDK has no TLS", impossible);
        }
    }
}
