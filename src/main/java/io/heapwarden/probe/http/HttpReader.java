package io.heapwarden.probe.http;

import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Success;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Sends one GET at a time to hosts that are not trusted, and gives up in time whatever they do. A call blocks its thread, which may be a virtual
 * one, and never throws for what the other side did. Safe for use by many threads.
 */
public final class HttpReader implements AutoCloseable {

    /** The JDK keeps a connection for 30 s, which is never long enough for the next sample: a thousand pods would be a thousand idle sockets. */
    private static final String KEEP_ALIVE = "jdk.httpclient.keepalive.timeout";

    private static final String KEEP_ALIVE_SECONDS = "2";
    private static final int OK = 200;

    private final HttpClient client;
    private final HttpLimits limits;

    /**
     * @param limits of each request
     * @param trust decides whose certificates are accepted; null for the JDK's own authorities
     */
    public HttpReader(HttpLimits limits, @Nullable X509ExtendedTrustManager trust) {
        if (System.getProperty(KEEP_ALIVE) == null) {
            System.setProperty(KEEP_ALIVE, KEEP_ALIVE_SECONDS);
        }
        this.limits = limits;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(limits.connect())
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        if (trust != null) {
            builder.sslContext(contextOf(trust));
        }
        this.client = builder.build();
    }

    /**
     * Asks. The body goes to the sink while it comes in, if the status is 200.
     *
     * @param headers sent with the request, besides those of the protocol
     */
    public ProbeResult<HttpReply> get(URI uri, Map<String, String> headers, BodySink sink) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(limits.total());
        headers.forEach(request::header);
        AtomicReference<@Nullable BoundedBody> body = new AtomicReference<>();
        CompletableFuture<HttpResponse<Boolean>> answer = client.sendAsync(request.build(), info -> {
            if (info.statusCode() != OK) {
                return new UnreadBody();
            }
            BoundedBody bounded = new BoundedBody(sink, limits.bodyCap());
            body.set(bounded);
            return bounded;
        });
        try {
            HttpResponse<Boolean> complete = answer.get(limits.total().toMillis(), TimeUnit.MILLISECONDS);
            if (complete.statusCode() == OK
                    && !complete.headers()
                            .firstValue("Content-Encoding")
                            .orElse("identity")
                            .equals("identity")) {
                return new Failure<>(FailureReason.Garbled, "the answer is compressed, which was not asked for");
            }
            return new Success<>(new HttpReply(complete.statusCode(), complete.headers()));
        } catch (ExecutionException failed) {
            return failure(uri, failed.getCause(), body.get());
        } catch (TimeoutException late) {
            stop(answer, body.get(), late);
            return new Failure<>(FailureReason.TimedOut, "no complete answer from " + uri + " within " + words());
        } catch (CancellationException cancelled) {
            return new Failure<>(FailureReason.Unavailable, "the request to " + uri + " was given up");
        } catch (InterruptedException stopping) {
            stop(answer, body.get(), stopping);
            Thread.currentThread().interrupt();
            return new Failure<>(FailureReason.TimedOut, "given up while waiting for " + uri);
        }
    }

    /** Lets go of every connection. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    private static void stop(CompletableFuture<?> answer, @Nullable BoundedBody body, Exception reason) {
        if (body != null) {
            body.giveUp(reason);
        }
        answer.cancel(true);
    }

    private <T> ProbeResult<T> failure(URI uri, @Nullable Throwable failure, @Nullable BoundedBody body) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MalformedOutputException) {
                return new Failure<>(FailureReason.Garbled, uri + ": " + cause.getMessage());
            }
            if (cause instanceof BoundedBody.TooLongException) {
                return new Failure<>(FailureReason.TooLong, uri + ": " + cause.getMessage());
            }
            if (cause instanceof HttpConnectTimeoutException) {
                return new Failure<>(
                        FailureReason.TimedOut,
                        "no connection to " + uri.getAuthority() + " within "
                                + limits.connect().toMillis()
                                + " ms; a NetworkPolicy or firewall may keep Heapwarden out");
            }
            if (cause instanceof HttpTimeoutException) {
                return new Failure<>(FailureReason.TimedOut, "no answer from " + uri + " within " + words());
            }
            if (cause instanceof ConnectException) {
                return new Failure<>(FailureReason.Unavailable, "nothing accepts connections at " + uri.getAuthority());
            }
            if (cause instanceof SSLException) {
                return certificates(uri, cause);
            }
            if (cause instanceof ProtocolException) {
                return new Failure<>(FailureReason.Garbled, uri + " does not speak HTTP");
            }
        }
        return body != null && body.begun()
                ? new Failure<>(FailureReason.Truncated, "the answer of " + uri + " ended early")
                : new Failure<>(FailureReason.Unavailable, uri + " gave no answer: " + nameOf(failure));
    }

    private static <T> ProbeResult<T> certificates(URI uri, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException) {
                return new Failure<>(
                        FailureReason.CertificateNotTrusted,
                        "the certificate of " + uri.getAuthority() + " is not trusted: " + cause.getMessage());
            }
        }
        return new Failure<>(FailureReason.Unavailable, "no TLS connection with " + uri.getAuthority());
    }

    private String words() {
        return limits.total().toMillis() + " ms";
    }

    /** Messages of the client quote what the other side sent; the kind of exception says enough. */
    private static String nameOf(@Nullable Throwable failure) {
        return failure instanceof IOException ? "the connection broke" : String.valueOf(failure);
    }

    private static SSLContext contextOf(X509ExtendedTrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JDK has no TLS", impossible);
        }
    }
}
