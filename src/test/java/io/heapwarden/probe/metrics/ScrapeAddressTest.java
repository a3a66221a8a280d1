package io.heapwarden.probe.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.probe.ProbeResult;
import io.heapwarden.probe.ProbeResult.Refusal;
import io.heapwarden.probe.ProbeResult.RefusalReason;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.probe.metrics.PodPorts.Port;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which pages a pod's declarations lead to. */
class ScrapeAddressTest {

    private static final Port WEB = new Port("app", "http", 8080);
    private static final Port METRICS = new Port("app", "metrics", 9090);

    @Test
    void annotationsOfPrometheus() {
        assertThat(pages(Map.of("prometheus.io/scrape", "true", "prometheus.io/port", "8081"), WEB))
                .containsExactly("http://10.0.0.7:8081/metrics");
        assertThat(pages(
                        Map.of(
                                "prometheus.io/port", "http",
                                "prometheus.io/path", "actuator/prometheus?x=1",
                                "prometheus.io/scheme", "https"),
                        WEB))
                .containsExactly("https://10.0.0.7:8080/actuator/prometheus?x=1");
        assertThat(pages(Map.of("prometheus.io/scrape", "true"), WEB)).containsExactly("http://10.0.0.7:8080/metrics");
    }

    @Test
    void ownAnnotationsWin() {
        assertThat(pages(
                        Map.of(
                                "prometheus.io/scrape", "false",
                                "prometheus.io/port", "1",
                                "prometheus.io/path", "/theirs",
                                "heapwarden.io/metrics-port", "9091"),
                        WEB))
                .containsExactly("http://10.0.0.7:9091/metrics");
        assertThat(pages(Map.of("prometheus.io/port", "9090", "heapwarden.io/metrics-path", "/own"), METRICS))
                .containsExactly("http://10.0.0.7:9090/own");
    }

    @Test
    void aPortWhoseNameSaysSo() {
        assertThat(pages(Map.of(), WEB, METRICS))
                .containsExactly(
                        "http://10.0.0.7:9090/metrics",
                        "http://10.0.0.7:9090/actuator/prometheus",
                        "http://10.0.0.7:9090/q/metrics");
        assertThat(pages(Map.of("heapwarden.io/metrics-path", "/own"), WEB, METRICS))
                .containsExactly("http://10.0.0.7:9090/own");
        assertThat(pages(Map.of("prometheus.io/path", "/p"), new Port("app", "https-metrics", 1)))
                .containsExactly("https://10.0.0.7:1/p");
    }

    @Test
    void noOtherPortIsEverTried() {
        assertThat(refused(Map.of(), WEB)).contains("heapwarden.io/metrics-port");
        assertThat(refused(Map.of("prometheus.io/scrape", "true"), WEB, new Port("app", "admin", 8081)))
                .contains("name no port");
        assertThat(refused(Map.of("prometheus.io/scrape", "false", "prometheus.io/port", "9090"), METRICS))
                .contains("prometheus.io/scrape");
        assertThat(refused(Map.of("heapwarden.io/metrics-port", "none", "prometheus.io/port", "9090"), METRICS))
                .contains("none");
    }

    @Test
    void aPageBelongsToOneContainer() {
        Port theirs = new Port("sidecar", "metrics", 9090);
        assertThat(refusal(pod(List.of("app", "sidecar"), Map.of(), WEB, theirs)))
                .contains("no annotation");
        assertThat(refusal(pod(List.of("app", "sidecar"), Map.of("prometheus.io/port", "9090"), WEB, theirs)))
                .contains("sidecar's");
        assertThat(refusal(pod(List.of("app", "sidecar"), Map.of("prometheus.io/port", "15020"), WEB, theirs)))
                .contains("heapwarden.io/metrics-container");
        assertThat(pagesOf(pod(
                        List.of("app", "sidecar"),
                        Map.of("prometheus.io/port", "15020", "heapwarden.io/metrics-container", "app"),
                        WEB,
                        theirs)))
                .containsExactly("http://10.0.0.7:15020/metrics");
    }

    @Test
    void addressesOfSixteenBytes() {
        assertThat(pagesOf(new PodPorts("fd00::7", Map.of(), List.of("app"), List.of(METRICS)))
                        .get(0))
                .isEqualTo("http://[fd00::7]:9090/metrics");
    }

    @Test
    void whatIsWrittenThereCannotLeadElsewhere() {
        for (String path : List.of(
                "@evil.example/", "//evil.example/", "/a b", "/a\r\nHost: x", "/#x", "/%zz", "/" + "x".repeat(600))) {
            ProbeResult<ScrapeAddress> result = ScrapeAddress.of(
                    pod(List.of("app"), Map.of("prometheus.io/port", "80", "prometheus.io/path", path), WEB), "app");
            if (result instanceof Success<ScrapeAddress>(ScrapeAddress address)) {
                assertThat(address.candidates()).allMatch(uri -> uri.getHost().equals("10.0.0.7"));
                assertThat(address.candidates()).allMatch(uri -> uri.getPort() == 80 && uri.getUserInfo() == null);
            }
        }
        for (String port : List.of("0", "65536", "-1", "80@evil", "http2")) {
            assertThat(refused(Map.of("prometheus.io/port", port), WEB)).contains("neither");
        }
        assertThat(refused(Map.of("prometheus.io/port", "80", "prometheus.io/scheme", "file"), WEB))
                .contains("scheme");
        assertThat(refusal(new PodPorts("evil.example", Map.of(), List.of("app"), List.of(METRICS))))
                .contains("address");
        assertThat(refusal(new PodPorts(null, Map.of(), List.of("app"), List.of(METRICS))))
                .contains("address");
    }

    private static PodPorts pod(List<String> containers, Map<String, String> annotations, Port... ports) {
        return new PodPorts("10.0.0.7", annotations, containers, List.of(ports));
    }

    private static List<String> pages(Map<String, String> annotations, Port... ports) {
        return pagesOf(pod(List.of("app"), annotations, ports));
    }

    private static List<String> pagesOf(PodPorts pod) {
        ProbeResult<ScrapeAddress> result = ScrapeAddress.of(pod, "app");
        assertThat(result).isInstanceOf(Success.class);
        return ((Success<ScrapeAddress>) result)
                .value().candidates().stream().map(URI::toString).toList();
    }

    private static String refused(Map<String, String> annotations, Port... ports) {
        Refusal<ScrapeAddress> refusal =
                (Refusal<ScrapeAddress>) ScrapeAddress.of(pod(List.of("app"), annotations, ports), "app");
        assertThat(refusal.reason()).isEqualTo(RefusalReason.NoMetricsEndpoint);
        return refusal.detail();
    }

    private static String refusal(PodPorts pod) {
        return ((Refusal<ScrapeAddress>) ScrapeAddress.of(pod, "app")).detail();
    }
}
