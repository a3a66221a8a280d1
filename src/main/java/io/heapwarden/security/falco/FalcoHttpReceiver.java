package io.heapwarden.security.falco;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SSLOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Receives events by HTTP/1.1, as Falco's http_output and falcosidekick's webhook send them: one object a POST. Falco sends one after the other and waits for
 * each answer, takes any answer for delivered and can say no header; so the answer is given at once, and what is wrong is counted here. It has its own port,
 * so that who may send events reaches nothing else.
 */
public final class FalcoHttpReceiver implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FalcoHttpReceiver.class);
    private static final Duration START = Duration.ofSeconds(10);
    private static final int MOST_LINE = 2048;
    private static final int MOST_HEADERS = 8192;

    private final Vertx vertx;
    private final FalcoHttpSettings settings;
    private final FalcoCounts counts;
    private final Clock clock;
    private final HttpConnections connections;
    private final HttpAccess access;
    private final HttpIntake intake;
    private final AtomicBoolean looking = new AtomicBoolean();
    private @Nullable HttpServer server;
    private volatile @Nullable PemMaterial inUse;
    private volatile @Nullable PemMaterial refused;
    private long lookTimer = -1;
    private long reloadTimer = -1;

    /** @param sink takes events on the event loop, and must not wait */
    public FalcoHttpReceiver(
            Vertx vertx, FalcoHttpSettings settings, Consumer<FalcoEvent> sink, FalcoCounts counts, Clock clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.counts = counts;
        this.clock = clock;
        this.access = new HttpAccess(settings.tokens());
        this.connections = new HttpConnections(settings.limits(), counts);
        this.intake = new HttpIntake(access, connections, sink, counts, clock);
    }

    /**
     * Listens.
     *
     * @throws IOException when the port is taken, or the certificates cannot be used
     */
    public void start() throws IOException {
        HttpServerOptions options = options();
        PemFiles files = settings.tls();
        if (files != null) {
            PemMaterial material = files.read();
            try {
                material.check(vertx, clock.instant());
            } catch (GeneralSecurityException e) {
                throw new IOException("the Falco receiver's certificates cannot be used: " + e.getMessage(), e);
            }
            secure(options, material);
            inUse = material;
            reloadTimer = vertx.setPeriodic(settings.limits().reload().toMillis(), timer -> reload());
        }
        HttpServer created = vertx.createHttpServer(options)
                .connectionHandler(connections::opened)
                .requestHandler(intake::handle)
                .exceptionHandler(
                        broken -> LOG.debugf("A connection of a Falco sender broke: %s", broken.getMessage()));
        server = created;
        await(created.listen(settings.port(), settings.host()));
        lookTimer = vertx.setPeriodic(HttpConnections.LOOK.toMillis(), timer -> connections.look());
        LOG.infof(
                "Listening for Falco's events on %s:%d%s",
                settings.host(), created.actualPort(), files == null ? ", without TLS" : "");
    }

    /** The port it listens on. */
    public int port() {
        HttpServer listening = server;
        if (listening == null) {
            throw new IllegalStateException("the Falco receiver was not started");
        }
        return listening.actualPort();
    }

    /** From now on these are valid, and those before are not. */
    public void use(SenderTokens tokens) {
        access.use(tokens);
    }

    private HttpServerOptions options() {
        FalcoHttpLimits limits = settings.limits();
        // HTTP/1.1 only: what Falco and falcosidekick speak, and no streams to be counted. The idle time is a net under
        // that of HttpConnections.
        return new HttpServerOptions()
                .setUseAlpn(false)
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(false)
                .setMaxInitialLineLength(MOST_LINE)
                .setMaxHeaderSize(MOST_HEADERS)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(2 * limits.idle().toMillis()))
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(limits.handshake().toMillis());
    }

    private void secure(HttpServerOptions options, PemMaterial material) {
        options.setSsl(true).setKeyCertOptions(material.keyCertificate());
        options.setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
        if (material.trust() != null) {
            options.setTrustOptions(material.trust())
                    .setClientAuth(settings.tokens() == null ? ClientAuth.REQUIRED : ClientAuth.REQUEST);
        }
    }

    /** Looks whether the files are others than those in use. Connections that are there keep what they have. */
    void reload() {
        PemFiles files = settings.tls();
        HttpServer listening = server;
        if (files == null || listening == null || !looking.compareAndSet(false, true)) {
            return;
        }
        vertx.executeBlocking(() -> changed(files), false)
                .compose(material -> material == null ? Future.succeededFuture() : use(listening, material))
                .onComplete(done -> looking.set(false));
    }

    private Future<Void> use(HttpServer listening, PemMaterial material) {
        SSLOptions options = new SSLOptions().setKeyCertOptions(material.keyCertificate());
        options.setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
        if (material.trust() != null) {
            options.setTrustOptions(material.trust());
        }
        return listening
                .updateSSLOptions(options)
                .onSuccess(updated -> {
                    inUse = material;
                    refused = null;
                    counts.add(FalcoCount.CertificatesReloaded);
                    LOG.info("The Falco receiver uses its new certificate");
                })
                .onFailure(failed -> refuse(material, failed))
                .mapEmpty();
    }

    /** What is new and can be used; null when nothing is. */
    private @Nullable PemMaterial changed(PemFiles files) {
        PemMaterial material = null;
        try {
            material = files.read();
            if (material.equals(inUse) || material.equals(refused)) {
                return null;
            }
            material.check(vertx, clock.instant());
            return material;
        } catch (IOException | GeneralSecurityException e) {
            refuse(material, e);
            return null;
        }
    }

    private void refuse(@Nullable PemMaterial material, Throwable why) {
        // A file that is away while a Secret is swapped is there at the next look; it is said each time.
        refused = material;
        counts.add(FalcoCount.CertificatesRefused);
        LOG.errorf("The Falco receiver keeps its old certificate, as the new one cannot be used: %s", why.getMessage());
    }

    private static void await(Future<?> future) throws IOException {
        try {
            future.toCompletionStage().toCompletableFuture().get(START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the Falco receiver cannot listen: " + reason(e), e);
        } catch (TimeoutException e) {
            throw new IOException("the Falco receiver did not listen within " + START.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static @Nullable String reason(ExecutionException failed) {
        Throwable cause = failed.getCause();
        return cause == null ? failed.getMessage() : cause.getMessage();
    }

    @Override
    public void close() {
        vertx.cancelTimer(lookTimer);
        vertx.cancelTimer(reloadTimer);
        HttpServer listening = server;
        if (listening != null) {
            try {
                await(listening.close());
            } catch (IOException e) {
                LOG.debugf("The Falco receiver did not close: %s", e.getMessage());
            }
        }
    }
}
