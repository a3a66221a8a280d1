package io.heapwarden.probe.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.http.AnyCertificate;
import io.heapwarden.probe.http.HttpLimits;
import io.heapwarden.probe.http.RawServer;
import io.heapwarden.probe.http.TestCertificate;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Endpoints that answer well, badly, slowly and never. */
@Timeout(120)
class MetricsEndpointTest {

    private static final String PAGE =
            """
            jvm_memory_used_bytes{area="heap",id="Eden Space"} 4.0E7
            jvm_memory_used_bytes{area="heap",id="Survivor Space"} 1.0E6
            jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 2.0E7
            jvm_gc_pause_seconds_count{action="end of minor GC",cause="Allocation Failure"} 3
            jvm_gc_pause_seconds_sum{action="end of minor GC",cause="Allocation Failure"} 0.25
            """;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void readsAPageAndSendsNoSecret() throws Exception {
        RawServer server = open(RawServer.start(null, RawServer.http(200, "Set-Cookie: a=b\r\n", PAGE)));

        MetricsReading reading = success(read(server, "/metrics"));
        success(read(server, "/metrics"));

        assertThat(reading.sample().heapAfterGc()).isEqualTo(21_000_000);
        assertThat(reading.sample().heapUsed()).isEqualTo(61_000_000);
        assertThat(reading.sample().gc().young()).isEqualTo(3);
        assertThat(reading.shortfall()).isEmpty();
        assertThat(reading.missing())
                .contains(Missing.Threads, Missing.StartTime)
                .doesNotContain(Missing.HeapAfterGc);
        assertThat(server.requests()).allSatisfy(request -> assertThat(request)
                .startsWith("GET /metrics HTTP/1.1\n")
                .doesNotContain("Authorization")
                .doesNotContain("Cookie")
                .doesNotContain("Upgrade")
                .doesNotContain("Accept-Encoding"));
    }

    @Test
    void aPageWithoutCollectionsIsNotEnough() throws Exception {
        RawServer server =
                open(RawServer.start(null, RawServer.http(200, "", PAGE.substring(0, PAGE.indexOf("jvm_gc")))));

        MetricsReading reading = success(read(server, "/metrics"));

        assertThat(reading.sample().heapUsed()).isEqualTo(61_000_000);
        assertThat(reading.sample().heapAfterGc()).isNull();
        assertThat(reading.shortfall().orElseThrow().reason()).isEqualTo(FailureReason.MetricsIncomplete);
    }

    @Test
    void triesTheUsualPathsUntilOneIsThere() throws Exception {
        RawServer server = open(RawServer.start(
                null, (request, out) -> RawServer.http(request.contains("/q/metrics") ? 200 : 404, "", PAGE)
                        .to(request, out)));

        MetricsReading reading = success(read(server, "/metrics", "/actuator/prometheus", "/q/metrics", "/never"));

        assertThat(reading.address().getPath()).isEqualTo("/q/metrics");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void statusesHaveReasons() throws Exception {
        assertThat(refusalOf(RawServer.http(404, "", ""))).isEqualTo(RefusalReason.NoMetricsEndpoint);
        assertThat(refusalOf(RawServer.http(401, "WWW-Authenticate: Basic\r\n", "")))
                .isEqualTo(RefusalReason.MetricsForbidden);
        assertThat(reasonOf(RawServer.http(503, "", ""))).isEqualTo(FailureReason.Unavailable);
        RawServer other = open(RawServer.start(null, RawServer.http(200, "", PAGE)));
        assertThat(refusalOf(RawServer.http(302, "Location: http://127.0.0.1:" + other.port() + "/\r\n", "")))
                .isEqualTo(RefusalReason.NoMetricsEndpoint);
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void hostileAnswersAreNotBelieved() throws Exception {
        assertThat(reasonOf(RawServer.endless("other 1\n"))).isEqualTo(FailureReason.TooLong);
        assertThat(reasonOf(RawServer.endless("x"))).isEqualTo(FailureReason.Garbled);
        assertThat(reasonOf(RawServer.http(200, "", "<html>"))).isEqualTo(FailureReason.Garbled);
        assertThat(reasonOf(RawServer.http(200, "", PAGE + PAGE))).isEqualTo(FailureReason.Garbled);
        assertThat(reasonOf(RawServer.http(200, "", "other 1\n"))).isEqualTo(FailureReason.MetricsIncomplete);
        assertThat(reasonOf(RawServer.http(200, "", ""))).isEqualTo(FailureReason.MetricsIncomplete);
        assertThat(reasonOf(RawServer.http(200, "Content-Encoding: gzip\r\n", PAGE)))
                .isEqualTo(FailureReason.Garbled);
        assertThat(reasonOf(RawServer.http(200, "Content-Type: application/openmetrics-text\r\n", PAGE)))
                .isEqualTo(FailureReason.Garbled);
        assertThat(reasonOf((request, out) -> out.write(
                        ("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + PAGE).getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(FailureReason.Truncated);
        assertThat(reasonOf((request, out) -> {})).isEqualTo(FailureReason.Unavailable);
    }

    @Test
    void whoAnswersSlowlyOrNeverIsGivenUp() throws Exception {
        for (RawServer.Answer answer :
                List.<RawServer.Answer>of(RawServer.slow(), (request, out) -> Thread.sleep(20_000))) {
            MetricsEndpoint impatient = endpoint(Duration.ofMillis(500));
            RawServer server = open(RawServer.start(null, answer));

            assertThat(((Failure<MetricsReading>) impatient.read(address("http", server, "/metrics"))).reason())
                    .isEqualTo(FailureReason.TimedOut);
        }
    }

    @Test
    void pagesServedByHttps(@TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.issue(directory, "pod", "dns:pod.example");
        RawServer server = open(RawServer.start(certificate.context(), RawServer.http(200, "", PAGE)));

        success(endpoint(Duration.ofSeconds(30)).read(address("https", server, "/metrics")));
    }

    private FailureReason reasonOf(RawServer.Answer answer) throws Exception {
        ProbeResult<MetricsReading> result = read(open(RawServer.start(null, answer)), "/metrics");
        assertThat(result).isInstanceOf(Failure.class);
        return ((Failure<MetricsReading>) result).reason();
    }

    private RefusalReason refusalOf(RawServer.Answer answer) throws Exception {
        ProbeResult<MetricsReading> result = read(open(RawServer.start(null, answer)), "/metrics");
        assertThat(result).isInstanceOf(Refusal.class);
        return ((Refusal<MetricsReading>) result).reason();
    }

    private ProbeResult<MetricsReading> read(RawServer server, String... paths) {
        return endpoint(Duration.ofSeconds(30)).read(address("http", server, paths));
    }

    private static ScrapeAddress address(String scheme, RawServer server, String... paths) {
        return new ScrapeAddress(
                List.of(paths).stream()
                        .map(path -> URI.create(scheme + "://127.0.0.1:" + server.port() + path))
                        .toList(),
                "the test's");
    }

    private MetricsEndpoint endpoint(Duration total) {
        return open(new MetricsEndpoint(
                Clock.systemUTC(), new HttpLimits(Duration.ofSeconds(30), total, 256 << 10), new AnyCertificate()));
    }

    private <T extends AutoCloseable> T open(T each) {
        open.add(each);
        return each;
    }

    private static MetricsReading success(ProbeResult<MetricsReading> result) {
        assertThat(result).isInstanceOf(Success.class);
        return ((Success<MetricsReading>) result).value();
    }
}
