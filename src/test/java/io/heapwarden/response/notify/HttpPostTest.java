package io.heapwarden.response.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.probe.http.RawServer;
import io.heapwarden.probe.http.TestCertificate;
import io.heapwarden.response.notify.SendResult.Delivered;
import io.heapwarden.response.notify.SendResult.Retry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpPostTest {

    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path certificates;

    private static TestCertificate here;
    private static TestCertificate elsewhere;

    @TempDir
    private Path directory;

    @BeforeAll
    static void issue() throws Exception {
        here = TestCertificate.issue(certificates, "here", "ip:127.0.0.1");
        elsewhere = TestCertificate.issue(certificates, "elsewhere", "dns:elsewhere.example");
    }

    @Test
    void trustsTheGivenAuthorityAndNoOther() throws IOException {
        try (RawServer server = RawServer.start(here.context(), RawServer.http(200, "", ""))) {
            String url = "https://127.0.0.1:" + server.port() + "/hook";

            assertThat(post(url, here.pem())).isInstanceOf(Delivered.class);
            assertThat(reason(post(url, elsewhere.pem()))).contains("is not trusted: give its authority's as 'caFile'");
            assertThat(reason(post(url, null))).contains("is not trusted");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aCertificateForAnotherHostIsNotTrusted() throws IOException {
        try (RawServer server = RawServer.start(elsewhere.context(), RawServer.http(200, "", ""))) {
            assertThat(reason(post("https://127.0.0.1:" + server.port() + "/hook", elsewhere.pem())))
                    .contains("is not trusted");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aStatusCountsThoughItsBodyNeverEnds() throws IOException {
        try (RawServer server = RawServer.start(null, RawServer.slow())) {
            assertThat(post("http://127.0.0.1:" + server.port() + "/", null, Duration.ofSeconds(3)))
                    .isInstanceOf(Delivered.class);
        }
    }

    @Test
    void whatIsNoHttpIsTriedLater() throws IOException {
        try (RawServer server = RawServer.start(
                null, (request, out) -> out.write("SSH-2.0-such\r\n\r\n".getBytes(StandardCharsets.UTF_8)))) {
            assertThat(reason(post("http://127.0.0.1:" + server.port() + "/", null)))
                    .isEqualTo("the connection with http://127.0.0.1:" + server.port() + " broke");
        }
    }

    @Test
    void aNameThatDoesNotExistIsSaid() {
        assertThat(reason(post("http://nowhere.invalid/hook", null)))
                .isEqualTo("no address is known for http://nowhere.invalid/…");
    }

    @Test
    void aPasswordIsSentAsBasicAuthentication() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "s:cret\n");
        try (Sink sink = new Sink();
                HttpPost http = new HttpPost(null, Duration.ofSeconds(10), Clock.systemUTC())) {
            http.post(
                    Endpoint.parse(sink.url("/")),
                    new Credentials.Basic("us", new SecretFile(password)),
                    Map.of(),
                    BODY);

            // printf us:s:cret | base64
            assertThat(sink.received().getFirst().headers()).containsEntry("authorization", "Basic dXM6czpjcmV0");
        }
    }

    private static SendResult post(String url, @Nullable Path authorities) {
        return post(url, authorities, Duration.ofSeconds(30));
    }

    private static SendResult post(String url, @Nullable Path authorities, Duration limit) {
        try (HttpPost http = new HttpPost(authorities, limit, Clock.systemUTC())) {
            return http.post(Endpoint.parse(url), new Credentials.None(), Map.of(), BODY);
        }
    }

    private static String reason(SendResult result) {
        return ((Retry) result).reason();
    }
}
