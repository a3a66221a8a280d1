package io.heapwarden.probe.kubelet;

import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.http.HttpReader;
import io.heapwarden.probe.http.HttpReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks kubelets for the memory of their containers, directly, with the right {@code get nodes/stats} and no other. One request serves all pods of a
 * node for a while; who asks meanwhile waits for its answer. Calls block, on a virtual thread best, and never throw for what a node did. Safe for
 * use by many threads.
 */
public final class KubeletStats implements AutoCloseable {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Clock clock;
    private final KubeletLimits limits;
    private final TokenFile token;
    private final HttpReader http;
    private final Map<String, NodeAnswers> nodes = new ConcurrentHashMap<>();

    /**
     * @param clock tells how old an answer is
     * @param limits what it may cost
     * @param token sent to kubelets
     * @param trust whose certificates are accepted. The token goes to whoever has one of these, so anything but the cluster's authority exposes it
     */
    public KubeletStats(Clock clock, KubeletLimits limits, TokenFile token, X509ExtendedTrustManager trust) {
        this.clock = clock;
        this.limits = limits;
        this.token = token;
        this.http = new HttpReader(limits.http(), trust);
    }

    /** The memory of a node's containers, not older than {@link KubeletLimits#freshFor}. */
    public ProbeResult<NodeMemory> of(Kubelet kubelet) {
        return nodes.computeIfAbsent(kubelet.node(), name -> new NodeAnswers(limits))
                .newest(clock, () -> {
                    forgetNodesThatAreGone();
                    return ask(kubelet);
                });
    }

    /** Lets go of every connection. */
    @Override
    public void close() {
        http.close();
    }

    private void forgetNodesThatAreGone() {
        Instant now = clock.instant();
        nodes.values().removeIf(node -> node.isForgotten(now));
    }

    private NodeAnswers.Asked ask(Kubelet kubelet) {
        String bearer;
        try {
            bearer = token.read();
        } catch (IOException e) {
            return NodeAnswers.Asked.of(new Refusal<>(
                    RefusalReason.KubeletForbidden,
                    "no token can be read from " + token.file() + ": mount the service account's token"));
        }
        URI uri;
        try {
            uri = new URI("https", null, kubelet.host(), kubelet.port(), "/stats/summary", null, null);
        } catch (URISyntaxException e) {
            return NodeAnswers.Asked.of(new Failure<>(
                    FailureReason.Unavailable, "node " + kubelet.node() + " has no address that can be asked"));
        }
        Instant now = clock.instant();
        Body body = new Body();
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + bearer, "Accept", "application/json", "User-Agent", "heapwarden");
        return switch (http.get(uri, headers, bytes -> body.add(bytes))) {
            case Refusal<HttpReply> r -> NodeAnswers.Asked.of(new Refusal<>(r.reason(), r.detail()));
            case Failure<HttpReply> f ->
                NodeAnswers.Asked.of(new Failure<>(f.reason(), f.detail() + remedy(f.reason())));
            case Success<HttpReply>(HttpReply reply) ->
                reply.status() == OK ? NodeAnswers.Asked.of(read(kubelet, body, now)) : refused(kubelet, reply, now);
        };
    }

    private static ProbeResult<NodeMemory> read(Kubelet kubelet, Body body, Instant at) {
        try {
            NodeMemory found = body.parse(at);
            return found.nodeName().equals(kubelet.node())
                    ? new Success<>(found)
                    : new Failure<>(
                            FailureReason.Garbled,
                            "another node answered at " + kubelet.host() + " than " + kubelet.node());
        } catch (MalformedOutputException e) {
            return new Failure<>(FailureReason.Garbled, "kubelet of " + kubelet.node() + ": " + e.getMessage());
        }
    }

    private NodeAnswers.Asked refused(Kubelet kubelet, HttpReply reply, Instant now) {
        String who = "the kubelet of " + kubelet.node() + " answered with HTTP " + reply.status();
        if (reply.status() == UNAUTHORIZED || reply.status() == FORBIDDEN) {
            return NodeAnswers.Asked.of(new Refusal<>(
                    RefusalReason.KubeletForbidden,
                    who + ": grant get on nodes/stats, and let the kubelet check tokens (authentication.webhook)"));
        }
        Duration wish =
                RetryAfter.parse(reply.headers().firstValue("Retry-After").orElse(null), now);
        return new NodeAnswers.Asked(new Failure<>(FailureReason.Unavailable, who), wish);
    }

    private static String remedy(FailureReason reason) {
        return reason == FailureReason.CertificateNotTrusted
                ? "; give the authority of the kubelets' certificates, or have the cluster sign them (serverTLSBootstrap)"
                : "";
    }

    /** Gathers an answer without copying it once more to read it. */
    private static final class Body extends ByteArrayOutputStream {

        private static final int CHUNK = 8192;
        private final byte[] chunk = new byte[CHUNK];

        void add(java.nio.ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                int length = Math.min(CHUNK, bytes.remaining());
                bytes.get(chunk, 0, length);
                write(chunk, 0, length);
            }
        }

        NodeMemory parse(Instant at) throws MalformedOutputException {
            return SummaryParser.parse(buf, count, at);
        }
    }
}
