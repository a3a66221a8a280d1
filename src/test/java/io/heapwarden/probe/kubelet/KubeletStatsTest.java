package io.heapwarden.probe.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Failure;
import io.heapwarden.probe.ProbeResult.FailureReason;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.http.AnyCertificate;
import io.heapwarden.probe.http.AuthorityFile;
import io.heapwarden.probe.http.HttpLimits;
import io.heapwarden.probe.http.RawServer;
import io.heapwarden.probe.http.TestCertificate;
import io.heapwarden.time.MovableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kubelets that answer well, badly, slowly and never, over TLS. */
@Timeout(120)
class KubeletStatsTest {

    private static final KubeletLimits LIMITS = within(Duration.ofSeconds(30));
    private static final KubeletLimits SHORT = within(Duration.ofMillis(500));

    @TempDir
    static Path directory;

    private static TestCertificate certificate;
    private static TestCertificate other;

    private final MovableClock clock = new MovableClock();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Path token;

    @BeforeAll
    static void issue() throws Exception {
        certificate = TestCertificate.issue(directory, "kubelet", "ip:127.0.0.1");
        other = TestCertificate.issue(directory, "other", "dns:other.example");
    }

    @BeforeEach
    void writeToken() throws Exception {
        token = Files.writeString(directory.resolve("token"), "first\n");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void oneRequestServesAllPodsOfANodeForAWhile() throws Exception {
        RawServer kubelet = kubelet(RawServer.http(200, "", SummaryParserTest.SUMMARY));
        KubeletStats stats = stats(verifying());

        NodeMemory memory = success(stats.of(at(kubelet)));
        clock.move(Duration.ofSeconds(29));
        success(stats.of(at(kubelet)));

        assertThat(memory.of("uid-1", "app").rss()).isEqualTo(100_000_000);
        assertThat(kubelet.requests()).hasSize(1);
        assertThat(kubelet.requests().get(0))
                .startsWith("GET /stats/summary HTTP/1.1\n")
                .contains("Authorization: Bearer first\n");
        clock.move(Duration.ofSeconds(1));
        success(stats.of(at(kubelet)));
        assertThat(kubelet.requests()).hasSize(2);
    }

    @Test
    void callersAtTheSameTimeShareOneRequest() throws Exception {
        RawServer kubelet = kubelet((request, out) -> {
            Thread.sleep(300);
            RawServer.http(200, "", SummaryParserTest.SUMMARY).to(request, out);
        });
        KubeletStats stats = stats(verifying());
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<ProbeResult<NodeMemory>>> calls = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                calls.add(() -> stats.of(at(kubelet)));
            }
            for (Future<ProbeResult<NodeMemory>> answer : callers.invokeAll(calls, 60, TimeUnit.SECONDS)) {
                success(answer.get());
            }
        }
        assertThat(kubelet.requests()).hasSize(1);
    }

    @Test
    void theTokenIsReadAnew() throws Exception {
        RawServer kubelet = kubelet(RawServer.http(200, "", SummaryParserTest.SUMMARY));
        KubeletStats stats = stats(verifying());
        success(stats.of(at(kubelet)));
        Files.writeString(token, "second");
        clock.move(Duration.ofMinutes(1));

        success(stats.of(at(kubelet)));

        assertThat(kubelet.requests().get(1)).contains("Authorization: Bearer second\n");
    }

    @Test
    void withoutTokenNobodyIsAsked() throws Exception {
        RawServer kubelet = kubelet(RawServer.http(200, "", SummaryParserTest.SUMMARY));
        Files.writeString(token, "bro\nken");

        assertThat(refusal(stats(verifying()).of(at(kubelet))).reason()).isEqualTo(RefusalReason.KubeletForbidden);
        assertThat(kubelet.requests()).isEmpty();
    }

    @Test
    void aForeignCertificateGetsNoToken() throws Exception {
        RawServer foreign = open(RawServer.start(other.context(), RawServer.http(200, "", SummaryParserTest.SUMMARY)));

        Failure<NodeMemory> untrusted = failure(stats(verifying()).of(at(foreign)));
        Failure<NodeMemory> wrongName =
                failure(stats(new AuthorityFile(other.pem(), true)).of(at(foreign)));

        assertThat(untrusted.reason()).isEqualTo(FailureReason.CertificateNotTrusted);
        assertThat(untrusted.detail()).contains("serverTLSBootstrap");
        assertThat(wrongName.reason()).isEqualTo(FailureReason.CertificateNotTrusted);
        assertThat(foreign.requests()).isEmpty();
        success(stats(new AuthorityFile(other.pem(), false)).of(at(foreign)));
        success(stats(new AnyCertificate()).of(at(foreign)));
    }

    @Test
    void theAuthorityIsReadAnew() throws Exception {
        RawServer kubelet = kubelet(RawServer.http(200, "", SummaryParserTest.SUMMARY));
        Path authority = directory.resolve("rotating.pem");
        Files.copy(other.pem(), authority);
        KubeletStats stats = stats(new AuthorityFile(authority, true));
        assertThat(failure(stats.of(at(kubelet))).reason()).isEqualTo(FailureReason.CertificateNotTrusted);

        Files.copy(certificate.pem(), authority, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(
                authority, java.nio.file.attribute.FileTime.from(Instant.now().plusSeconds(5)));
        clock.move(Duration.ofMinutes(1));

        success(stats.of(at(kubelet)));
    }

    @Test
    void aNodeThatRefusesIsLeftAloneForLongerAndLonger() throws Exception {
        RawServer kubelet = kubelet(RawServer.http(500, "", "no"));
        KubeletStats stats = stats(verifying());

        assertThat(failure(stats.of(at(kubelet))).reason()).isEqualTo(FailureReason.Unavailable);
        assertThat(refusal(stats.of(at(kubelet))).reason()).isEqualTo(RefusalReason.BackingOff);
        clock.move(Duration.ofSeconds(30));
        failure(stats.of(at(kubelet)));
        clock.move(Duration.ofSeconds(59));
        assertThat(refusal(stats.of(at(kubelet))).detail()).contains("HTTP 500").contains("2 s");
        clock.move(Duration.ofSeconds(1));
        failure(stats.of(at(kubelet)));

        assertThat(kubelet.requests()).hasSize(3);
    }

    @Test
    void aNodeSaysItselfWhenToComeBack() throws Exception {
        RawServer kubelet = kubelet(RawServer.http(429, "Retry-After: 120\r\n", ""));
        KubeletStats stats = stats(verifying());
        failure(stats.of(at(kubelet)));
        clock.move(Duration.ofSeconds(119));

        assertThat(refusal(stats.of(at(kubelet))).reason()).isEqualTo(RefusalReason.BackingOff);
        clock.move(Duration.ofSeconds(1));
        failure(stats.of(at(kubelet)));
        assertThat(kubelet.requests()).hasSize(2);
    }

    @Test
    void noNodeSendsUsAwayForever() throws Exception {
        RawServer kubelet = kubelet(RawServer.http(503, "Retry-After: 999999999\r\n", ""));
        KubeletStats stats = stats(verifying());
        failure(stats.of(at(kubelet)));
        clock.move(Duration.ofMinutes(10));

        failure(stats.of(at(kubelet)));
        assertThat(kubelet.requests()).hasSize(2);
    }

    @Test
    void saysWhichRightIsMissing() throws Exception {
        for (int status : new int[] {401, 403}) {
            RawServer kubelet = kubelet(RawServer.http(status, "", "Forbidden"));
            Refusal<NodeMemory> refusal = refusal(stats(verifying()).of(at(kubelet)));

            assertThat(refusal.reason()).isEqualTo(RefusalReason.KubeletForbidden);
            assertThat(refusal.detail()).contains("nodes/stats");
        }
    }

    @Test
    void hostileAnswersEndInTimeAndAreNotBelieved() throws Exception {
        assertThat(reasonOf(RawServer.endless(" "))).isEqualTo(FailureReason.TooLong);
        assertThat(reasonOf(RawServer.http(200, "", "<html>"))).isEqualTo(FailureReason.Garbled);
        assertThat(reasonOf((request, out) -> out.write(
                        "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"node\"".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(FailureReason.Truncated);
        assertThat(reasonOf(RawServer.http(200, "", SummaryParserTest.SUMMARY.replace("node-1", "node-2"))))
                .isEqualTo(FailureReason.Garbled);
        assertThat(reasonOf(RawServer.http(302, "Location: https://127.0.0.1:1/\r\n", "")))
                .isEqualTo(FailureReason.Unavailable);
    }

    @Test
    void whoAnswersSlowlyOrNeverIsGivenUp() throws Exception {
        for (RawServer.Answer answer :
                List.<RawServer.Answer>of(RawServer.slow(), (request, out) -> Thread.sleep(20_000))) {
            KubeletStats stats = open(new KubeletStats(clock, SHORT, new TokenFile(token), verifying()));

            assertThat(failure(stats.of(at(kubelet(answer)))).reason()).isEqualTo(FailureReason.TimedOut);
        }
    }

    @Test
    void nobodyListensAnyMore() throws Exception {
        RawServer kubelet = kubelet(RawServer.http(200, "", ""));
        kubelet.close();

        assertThat(failure(stats(verifying()).of(at(kubelet))).reason()).isEqualTo(FailureReason.Unavailable);
    }

    private static KubeletLimits within(Duration total) {
        return new KubeletLimits(
                new HttpLimits(Duration.ofSeconds(30), total, 64 << 10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10));
    }

    private FailureReason reasonOf(RawServer.Answer answer) throws Exception {
        return failure(stats(verifying()).of(at(kubelet(answer)))).reason();
    }

    private RawServer kubelet(RawServer.Answer answer) throws Exception {
        return open(RawServer.start(certificate.context(), answer));
    }

    private static Kubelet at(RawServer server) {
        return new Kubelet("node-1", "127.0.0.1", server.port());
    }

    private static X509ExtendedTrustManager verifying() {
        return new AuthorityFile(certificate.pem(), true);
    }

    private KubeletStats stats(X509ExtendedTrustManager trust) {
        return open(new KubeletStats(clock, LIMITS, new TokenFile(token), trust));
    }

    private <T extends AutoCloseable> T open(T each) {
        open.add(each);
        return each;
    }

    private static NodeMemory success(ProbeResult<NodeMemory> result) {
        assertThat(result).isInstanceOf(Success.class);
        return ((Success<NodeMemory>) result).value();
    }

    private static Failure<NodeMemory> failure(ProbeResult<NodeMemory> result) {
        assertThat(result).isInstanceOf(Failure.class);
        return (Failure<NodeMemory>) result;
    }

    private static Refusal<NodeMemory> refusal(ProbeResult<NodeMemory> result) {
        assertThat(result).isInstanceOf(Refusal.class);
        return (Refusal<NodeMemory>) result;
    }
}
