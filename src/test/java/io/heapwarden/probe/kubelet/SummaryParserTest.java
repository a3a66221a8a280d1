package io.heapwarden.probe.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.growth.Sample;
import io.heapwarden.jvm.MalformedOutputException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The kubelet's summary, in the fields and their spelling of k8s.io/kubelet 0.34, stats/v1alpha1. */
class SummaryParserTest {

    static final String SUMMARY =
            """
            {
             "node": {
              "nodeName": "node-1",
              "systemContainers": [{"name": "kubelet", "startTime": "2026-11-25T08:00:00Z",
               "memory": {"time": "2026-11-25T11:59:50Z", "usageBytes": 1, "workingSetBytes": 1, "rssBytes": 1}}],
              "startTime": "2026-11-25T08:00:00Z",
              "cpu": {"time": "2026-11-25T11:59:50Z", "usageNanoCores": 1, "psi": {"full": {"total": 0, "avg10": 0}}},
              "memory": {"time": "2026-11-25T11:59:50Z", "availableBytes": 2000000000, "usageBytes": 3000000000,
               "workingSetBytes": 1500000000, "rssBytes": 900000000},
              "fs": {"time": "2026-11-25T11:59:50Z", "availableBytes": 5},
              "runtime": {"imageFs": {"availableBytes": 5}}
             },
             "pods": [
              {
               "podRef": {"name": "checkout-1", "namespace": "shop", "uid": "uid-1"},
               "startTime": "2026-11-25T08:00:00Z",
               "containers": [
                {"name": "app", "startTime": "2026-11-25T08:00:00Z",
                 "cpu": {"time": "2026-11-25T11:59:51Z", "usageCoreNanoSeconds": 1},
                 "memory": {"time": "2026-11-25T11:59:51Z", "availableBytes": 50000000, "usageBytes": 250000000,
                  "workingSetBytes": 150000000, "rssBytes": 100000000, "pageFaults": 7, "majorPageFaults": 0,
                  "psi": {"full": {"total": 9, "avg10": 0.5, "avg60": 1, "avg300": 0},
                          "some": {"total": 10, "avg10": 1.5, "avg60": 2, "avg300": 0}}},
                 "rootfs": {"inodes": 3}, "logs": {"inodes": 3}, "swap": {"time": "2026-11-25T11:59:51Z"}},
                {"name": "sidecar", "startTime": "2026-11-25T08:00:00Z"}
               ],
               "memory": {"time": "2026-11-25T11:59:51Z", "rssBytes": 100000001},
               "volume": [{"name": "tmp", "usedBytes": 1}],
               "ephemeral-storage": {"usedBytes": 1},
               "process_stats": {"process_count": 3}
              },
              {"podRef": {"name": "new", "namespace": "shop", "uid": "uid-2"}, "startTime": null, "containers": null}
             ]
            }
            """;

    private static final Instant READ = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void readsNodeAndContainers() throws Exception {
        NodeMemory node = parse(SUMMARY);

        assertThat(node.nodeName()).isEqualTo("node-1");
        assertThat(node.node().available()).isEqualTo(2_000_000_000L);
        assertThat(node.containers()).hasSize(2);
        ContainerMemory app = node.of("uid-1", "app");
        assertThat(app)
                .isEqualTo(new ContainerMemory(
                        Instant.parse("2026-11-25T11:59:51Z"),
                        100_000_000L,
                        150_000_000L,
                        250_000_000L,
                        50_000_000L,
                        new Pressure(10L, 1.5, 2.0, 0.0),
                        new Pressure(9L, 0.5, 1.0, 0.0)));
        Sample sample = app.sample(READ);
        assertThat(sample.at()).isEqualTo(app.at());
        assertThat(sample.anon()).isEqualTo(100_000_000L);
        assertThat(sample.workingSet()).isEqualTo(150_000_000L);
        assertThat(sample.rss()).isNull();
        assertThat(node.of("uid-1", "sidecar").rss()).isNull();
        assertThat(node.of("uid-3", "app")).isNull();
    }

    @Test
    void everyCutIsRefused() {
        String whole = SUMMARY.strip();
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> parse(cut)).as(cut).isInstanceOf(MalformedOutputException.class);
        }
    }

    @Test
    void whatIsNoSummaryIsRefused() {
        for (String text : new String[] {
            "",
            "[]",
            "{}",
            "null",
            "\"node\"",
            "{\"node\": 1}",
            "{\"node\": {}}",
            "{\"node\": {\"nodeName\": 7}}",
            SUMMARY + "{}",
            SUMMARY.replace("\"rssBytes\": 100000000,", "\"rssBytes\": -5,"),
            SUMMARY.replace("\"rssBytes\": 100000000,", "\"rssBytes\": 99999999999999999999,"),
            SUMMARY.replace("\"cpu\": {\"time\"", "\"cpu\": " + "[".repeat(5000) + "{\"time\""),
            SUMMARY.replace("node-1", "n".repeat(100_000)),
        }) {
            assertThatThrownBy(() -> parse(text)).as(text).isInstanceOf(MalformedOutputException.class);
        }
    }

    @Test
    void otherTypesThanExpectedAreAsGoodAsMissing() throws Exception {
        NodeMemory node = parse(
                """
                {"pods": [{"containers": [{"memory": {"rssBytes": "7", "time": 3, "psi": {"full": [1], "some": {"avg10": "x"}}},
                  "name": "app"}, {"memory": [1], "name": "b"}, {"name": {}}], "podRef": {"uid": "u"}},
                  {"podRef": [], "containers": {}}], "node": {"nodeName": "n", "memory": null}, "more": {"a": [{}]}}
                """);

        assertThat(node.of("u", "app"))
                .isEqualTo(
                        new ContainerMemory(null, null, null, null, null, new Pressure(null, null, null, null), null));
        assertThat(node.containers()).hasSize(2);
    }

    private static NodeMemory parse(String text) throws MalformedOutputException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return SummaryParser.parse(bytes, bytes.length, READ);
    }
}
