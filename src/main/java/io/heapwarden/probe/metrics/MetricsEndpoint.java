package io.heapwarden.probe.metrics;

import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.http.HttpLimits;
import io.heapwarden.probe.http.HttpReader;
import io.heapwarden.probe.http.HttpReply;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Reads what a JVM publishes about itself: one GET for a sample, nothing in the container, nothing through the API server. It sends no credentials,
 * follows no redirects and keeps no cookies. Calls block, on a virtual thread best, and never throw for what the other side did. Safe for use by
 * many threads.
 */
public final class MetricsEndpoint implements AutoCloseable {

    /** 2 s to connect, 5 s in all, 8 MiB. docs/channels.md lists these for users. */
    public static final HttpLimits DEFAULTS = new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(5), 8L << 20);

    /**
     * OpenMetrics is taken but not named: libraries of the Prometheus project write it whenever they read its name, whatever the preference. Without
     * an escaping parameter the names are the classic ones.
     */
    private static final Map<String, String> HEADERS =
            Map.of("Accept", "text/plain;version=0.0.4,*/*;q=0.1", "User-Agent", "heapwarden");

    private static final int OK = 200;
    private static final int REDIRECTION = 300;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int GONE = 410;

    private final HttpReader http;
    private final Clock clock;

    /**
     * @param clock gives samples their time
     * @param limits of each page
     * @param trust whose certificates are accepted where a page is served by https. Certificates are hardly ever made out to a pod's address, so
     *     that {@link io.heapwarden.probe.http.AnyCertificate} is the usual choice
     */
    public MetricsEndpoint(Clock clock, HttpLimits limits, X509ExtendedTrustManager trust) {
        this.http = new HttpReader(limits, trust);
        this.clock = clock;
    }

    /** Reads the first of the candidates that is there. */
    public ProbeResult<MetricsReading> read(ScrapeAddress address) {
        ProbeResult<MetricsReading> result =
                new Refusal<>(RefusalReason.NoMetricsEndpoint, "no page is declared: " + address.reason());
        for (URI candidate : address.candidates()) {
            result = read(candidate);
            boolean isThere = !(result instanceof Refusal<MetricsReading>(RefusalReason reason, String detail))
                    || reason != RefusalReason.NoMetricsEndpoint;
            if (isThere) {
                return result;
            }
        }
        return result;
    }

    /** Lets go of every connection. */
    @Override
    public void close() {
        http.close();
    }

    private ProbeResult<MetricsReading> read(URI page) {
        MetricsPage found = new MetricsPage();
        // Whether the page is OpenMetrics is known from its headers, which come before its end does.
        ExpositionParser parser = new ExpositionParser(JvmMetrics.NAMES, found::add);
        return switch (http.get(page, HEADERS, parser)) {
            case Refusal<HttpReply> r -> new Refusal<>(r.reason(), r.detail());
            case Failure<HttpReply> f -> new Failure<>(f.reason(), f.detail());
            case Success<HttpReply>(HttpReply reply) ->
                reply.status() == OK ? read(page, reply, parser, found) : refused(page, reply.status());
        };
    }

    private ProbeResult<MetricsReading> read(URI page, HttpReply reply, ExpositionParser parser, MetricsPage found) {
        try {
            parser.end(
                    reply.headers().firstValue("Content-Type").orElse("").startsWith("application/openmetrics-text"));
            MetricsReading reading = JvmMetrics.read(found, page, clock.instant());
            return reading == null
                    ? new Failure<>(
                            FailureReason.MetricsIncomplete,
                            page + " says nothing of a JVM's heap: bind the JVM's metrics in the application, as"
                                    + " Micrometer's JvmMemoryMetrics and JvmGcMetrics")
                    : new Success<>(reading);
        } catch (MalformedOutputException e) {
            return new Failure<>(FailureReason.Garbled, page + ": " + e.getMessage());
        }
    }

    private static ProbeResult<MetricsReading> refused(URI page, int status) {
        return switch (status) {
            case UNAUTHORIZED, FORBIDDEN ->
                new Refusal<>(
                        RefusalReason.MetricsForbidden,
                        page + " wants credentials (HTTP " + status + "), and Heapwarden sends none: let the page be"
                                + " read inside the cluster without");
            case NOT_FOUND, METHOD_NOT_ALLOWED, GONE ->
                new Refusal<>(
                        RefusalReason.NoMetricsEndpoint,
                        "nothing is at " + page + " (HTTP " + status + "): set the annotation " + ScrapeAddress.PREFIX
                                + "path");
            default ->
                status >= REDIRECTION && status < UNAUTHORIZED - 1
                        ? new Refusal<>(
                                RefusalReason.NoMetricsEndpoint,
                                page + " redirects (HTTP " + status
                                        + "), which is not followed: name the page itself in" + " the annotation "
                                        + ScrapeAddress.PREFIX + "path")
                        : new Failure<>(FailureReason.Unavailable, page + " answered with HTTP " + status);
        };
    }
}
