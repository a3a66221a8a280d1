package io.heapwarden.security.falco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FalcoHttpTlsTest {

    private static final String TOKEN = "0123456789abcdef";
    private static final FalcoHttpLimits LIMITS = new FalcoHttpLimits(
            16, Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMillis(100));

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<FalcoEvent> events = new CopyOnWriteArrayList<>();
    private final FalcoCounts counts = new FalcoCounts();
    private @Nullable FalcoHttpReceiver receiver;

    @AfterEach
    void stop() {
        if (receiver != null) {
            receiver.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whoHasACertificateOfTheAuthorityMaySendAndNobodyElse() throws Exception {
        TestAuthority authority = new TestAuthority(directory, "ours");
        PemFiles server = authority.sign("server");
        PemFiles falco = authority.sign("falco");
        PemFiles stranger = new TestAuthority(directory, "theirs").sign("stranger");
        listen(server, null);

        assertThat(post("/falco", falco, server)).isEqualTo(204);
        assertThatThrownBy(() -> post("/falco", null, server)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> post("/falco", stranger, server)).isInstanceOf(IOException.class);
        assertThat(events).hasSize(1);
    }

    @Test
    void withATokenTooEitherIsEnough() throws Exception {
        TestAuthority authority = new TestAuthority(directory, "ours");
        PemFiles server = authority.sign("server");
        listen(server, TOKEN);

        assertThat(post("/falco", authority.sign("falco"), server)).isEqualTo(204);
        assertThat(post("/falco/" + TOKEN, null, server)).isEqualTo(204);
        assertThat(post("/falco", null, server)).isEqualTo(401);
    }

    @Test
    void aNewCertificateIsUsedWithoutARestartAndOpenConnectionsStay() throws Exception {
        TestAuthority authority = new TestAuthority(directory, "ours");
        PemFiles server = authority.sign("server");
        PemFiles falco = authority.sign("falco");
        authority.sign("renewed", "-keyalg", "RSA", "-keysize", "2048");
        listen(server, null);

        try (CurlSender open = new CurlSender(port(), client(falco, server))) {
            assertThat(open.post("/falco", event())).isEqualTo(204);
            assertThat(subject(falco, server)).isEqualTo("CN=server");

            PemFiles renewed = authority.write("renewed", "renewed");
            TestAuthority.toPkcs1(renewed.key());
            TestAuthority.swap(renewed.key(), server.key());
            TestAuthority.swap(renewed.certificate(), server.certificate());

            await().until(() -> counts.get(FalcoCount.CertificatesReloaded) == 1);
            assertThat(subject(falco, server)).isEqualTo("CN=renewed");
            assertThat(open.post("/falco", event())).isEqualTo(204);
        }
    }

    @Test
    void anotherAuthorityForClientsIsUsedWithoutARestart() throws Exception {
        TestAuthority authority = new TestAuthority(directory, "ours");
        PemFiles server = authority.sign("server");
        PemFiles falco = authority.sign("falco");
        PemFiles other = new TestAuthority(directory, "theirs").sign("other");
        listen(server, null);
        Path before = Files.copy(server.authorities(), directory.resolve("before"));
        PemFiles trusted = new PemFiles(server.certificate(), server.key(), before);

        TestAuthority.swap(other.authorities(), server.authorities());
        await().until(() -> counts.get(FalcoCount.CertificatesReloaded) == 1);

        assertThat(post("/falco", other, trusted)).isEqualTo(204);
        assertThatThrownBy(() -> post("/falco", falco, trusted)).isInstanceOf(IOException.class);
    }

    @Test
    void aCertificateThatCannotBeUsedLeavesTheOldOne() throws Exception {
        TestAuthority authority = new TestAuthority(directory, "ours");
        PemFiles server = authority.sign("server");
        PemFiles falco = authority.sign("falco");
        PemFiles other = authority.sign("other");
        PemFiles expired = authority.sign("expired", "-startdate", "-10d", "-validity", "2");
        listen(server, null);

        TestAuthority.swap(other.key(), server.key());
        refusedOnce(1, falco, server);
        TestAuthority.swap(Files.writeString(directory.resolve("garbage"), "no PEM"), server.key());
        refusedOnce(2, falco, server);
        TestAuthority.swap(expired.key(), server.key());
        refusedOnce(3, falco, server);
        TestAuthority.swap(expired.certificate(), server.certificate());
        refusedOnce(4, falco, server);

        assertThat(counts.get(FalcoCount.CertificatesReloaded)).isZero();
        assertThat(post("/falco", falco, server)).isEqualTo(204);
    }

    @Test
    void doesNotStartWithCertificatesThatCannotBeUsed() {
        PemFiles server = new TestAuthority(directory, "ours").sign("expired", "-startdate", "-10d", "-validity", "2");

        assertThatThrownBy(() -> listen(server, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be used");
        assertThatThrownBy(
                        () -> listen(new PemFiles(directory.resolve("none"), server.key(), server.authorities()), null))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aSenderThatNeverShakesHandsIsCutOff() throws Exception {
        PemFiles server = new TestAuthority(directory, "ours").sign("server");
        listen(server, TOKEN);

        try (CurlSender silent = new CurlSender(port())) {
            assertThat(silent.ended()).isTrue();
        }
        try (CurlSender plain = new CurlSender(port())) {
            plain.write(plain.headers("/falco/" + TOKEN, 0));
            plain.ended();
        }
        assertThat(events).isEmpty();
    }

    private void refusedOnce(long times, PemFiles falco, PemFiles server) throws Exception {
        await().until(() -> counts.get(FalcoCount.CertificatesRefused) >= times);
        Thread.sleep(4 * LIMITS.reload().toMillis());
        assertThat(counts.get(FalcoCount.CertificatesRefused)).as("said once").isEqualTo(times);
        assertThat(subject(falco, server)).isEqualTo("CN=server");
    }

    private void listen(PemFiles files, @Nullable String token) throws IOException {
        receiver = new FalcoHttpReceiver(
                vertx,
                new FalcoHttpSettings("127.0.0.1", 0, token == null ? null : SenderTokens.parse(token), files, LIMITS),
                events::add,
                counts,
                Clock.systemUTC());
        receiver.start();
    }

    private int port() {
        return receiver == null ? 0 : receiver.port();
    }

    private static byte[] event() {
        return Seeds.at(Clock.systemUTC().instant(), "a rule", FalcoPriority.Warning);
    }

    private int post(String path, @Nullable PemFiles own, PemFiles server) throws Exception {
        try (CurlSender sender = new CurlSender(port(), client(own, server))) {
            int status = sender.post(path, event());
            if (status < 0) {
                throw new IOException("the connection ended");
            }
            return status;
        }
    }

    private String subject(PemFiles own, PemFiles server) throws Exception {
        try (SSLSocket socket = (SSLSocket) client(own, server).createSocket("127.0.0.1", port())) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    private SSLSocketFactory client(@Nullable PemFiles own, PemFiles server) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        PemTrustOptions trust = new PemTrustOptions()
                .addCertValue(Buffer.buffer(
                        Files.readString(server.authorities() == null ? server.certificate() : server.authorities())));
        context.init(
                own == null
                        ? null
                        : new PemKeyCertOptions()
                                .addCertPath(own.certificate().toString())
                                .addKeyPath(own.key().toString())
                                .getKeyManagerFactory(vertx)
                                .getKeyManagers(),
                trust.getTrustManagerFactory(vertx).getTrustManagers(),
                null);
        return context.getSocketFactory();
    }
}
