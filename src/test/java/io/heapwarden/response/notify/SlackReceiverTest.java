package io.heapwarden.response.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heapwarden.response.notify.Sink.Answer;
import io.heapwarden.time.MovableClock;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackReceiverTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "/services/T0000TEAM/B0000HOOK/abcdefghijklmnopqrstuvwx";

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock();
    private final SteppingWaiter waiter = new SteppingWaiter(clock, Integer.MAX_VALUE);
    private final Counted counted = new Counted();
    private Sink sink;
    private Notifier notifier;

    @BeforeEach
    void start() throws Exception {
        sink = new Sink();
        Path url = Files.writeString(directory.resolve("url"), sink.url(SECRET) + "\n");
        NotifySettings settings = NotifySettings.parse(
                "{receivers: [{name: team-shop, type: Slack, urlFile: '" + url + "', labels: {cluster: prod}}]}");
        notifier = new Notifier(settings, new ReceiverFactory(counted, clock, waiter), clock);
    }

    @AfterEach
    void stop() {
        notifier.close();
        sink.close();
    }

    @Test
    void saysItWithTextAndBlocks() throws Exception {
        notifier.tell("team-shop", Notices.leak("one"));

        await().until(() -> counted.delivered.get() == 1);
        assertThat(sink.received().getFirst().path()).isEqualTo(SECRET);
        JsonNode message = JSON.readTree(sink.received().getFirst().body());
        assertThat(message.path("text").asText())
                .isEqualTo(
                        "Memory leak confirmed: shop/one (app): Map&lt;String, Order&gt; &amp; more grow 12 MiB an hour.");
        assertThat(message.at("/blocks/0/text/text").asText()).isEqualTo("Memory leak confirmed: shop/one (app)");
        assertThat(message.at("/blocks/2/fields").findValuesAsText("text"))
                .containsExactly(
                        "*Workload*\n`Deployment/checkout`",
                        "*Verdict*\n`RetentionLeak`",
                        "*Culprit*\n`com.shop.Order`",
                        "*Exhausted*\n`HeapAfterGC between 2026-11-23T13:55:00Z and 2026-11-23T14:55:00Z`",
                        "*Policy*\n`jvms`",
                        "*Report*\n`checkout-report`");
        assertThat(message.at("/blocks/3/elements/0/text").asText())
                .isEqualTo("Warning · since 2026-11-23T11:55:00Z · cluster=prod · "
                        + "<https://wiki.example/leaks?a=1&amp;b=2|Runbook>");
    }

    @Test
    void keepsWithinSlacksBoundsWhateverANameIs() throws Exception {
        String hostile = "<!channel>&`*_~\u202E\n".repeat(1000);
        URI longest = URI.create("https://wiki.example/?" + "a&".repeat(980));
        Notice notice = Notice.of(
                        NoticeKind.Finding,
                        new Subject(hostile, hostile, hostile, hostile, hostile),
                        hostile,
                        Notices.SINCE)
                .withJudgement(null, null, hostile, null)
                .withLinks(new Links(hostile, longest, longest));

        JsonNode message = JSON.readTree(SlackMessage.json(notice, Map.of()));

        assertThat(message.path("text").asText()).hasSizeLessThanOrEqualTo(3000).doesNotContain("<", "\n");
        assertThat(message.at("/blocks/0/text/text").asText()).hasSizeLessThanOrEqualTo(150);
        assertThat(message.at("/blocks/1/text/text").asText()).hasSizeLessThanOrEqualTo(3000);
        List<String> fields = message.at("/blocks/2/fields").findValuesAsText("text");
        assertThat(fields).hasSizeLessThanOrEqualTo(10).allSatisfy(field -> assertThat(field)
                .hasSizeLessThanOrEqualTo(2000)
                .doesNotContain("<", "\u202E"));
        assertThat(message.at("/blocks/3/elements/0/text").asText()).hasSizeLessThanOrEqualTo(3000);
    }

    @Test
    void aReceiverThatWantsToBeLeftAloneGetsTheMessageLater() {
        sink.answering(new Answer(429, Map.of("Retry-After", "30"), "rate_limited"));

        notifier.tell("team-shop", Notices.leak("one"));

        await().until(() -> counted.delivered.get() == 1);
        assertThat(sink.received()).hasSize(2);
        assertThat(waiter.waits().getFirst().toSeconds()).isEqualTo(30);
    }
}
