package io.heapwarden.response.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heapwarden.response.notify.Sink.Answer;
import io.heapwarden.time.MovableClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who knows the URL of an incoming webhook may post, so it is found in no log, no status and no exception, and neither are tokens. */
class SecretsTest {

    private static final String SECRET = "abcdefghijklmnopqrstuvwx";
    private static final Logger LOG = Logger.getLogger("io.heapwarden");

    /** Keeps what is logged, with the messages of its exceptions. */
    private static final class Kept extends Handler {
        final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            texts.add(entry.getMessage()
                    + List.of(entry.getParameters() == null ? new Object[0] : entry.getParameters())
                    + stack(entry.getThrown()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @TempDir
    private Path directory;

    private final MovableClock clock = new MovableClock();
    private final Counted counted = new Counted();
    private final Kept kept = new Kept();
    private final @Nullable Level before = LOG.getLevel();

    @BeforeEach
    void listenToTheLog() {
        kept.setLevel(Level.ALL);
        LOG.setLevel(Level.ALL);
        LOG.addHandler(kept);
    }

    @AfterEach
    void leaveTheLog() {
        LOG.removeHandler(kept);
        LOG.setLevel(before);
    }

    @Test
    void whatAReceiverRepeatsIsMasked() throws Exception {
        try (Sink sink = new Sink()) {
            String path = "/services/T0000/B0000/" + SECRET;
            String echo = "no hook at " + sink.url(path) + ", nor at https:\\/\\/slack\\/" + SECRET;
            sink.answering(new Answer(503, Map.of(), echo), new Answer(404, Map.of(), echo));

            ReceiverStatus status = failed(sink.url(path), LossReason.Refused);

            assertThat(status.lastError()).contains("answers 404: no hook at").contains("…");
            assertNoSecret(status);
        }
    }

    @Test
    void aTokenThatAReceiverRepeatsIsMasked() throws Exception {
        try (Sink sink = new Sink()) {
            sink.answering(new Answer(401, Map.of(), "Authorization: Bearer " + SECRET + " is unknown"));
            Path token = Files.writeString(directory.resolve("token"), SECRET);
            Notifier notifier =
                    notifier("{name: r, type: Webhook, url: '" + sink.url("/") + "', tokenFile: '" + token + "'}");
            notifier.tell("r", Notices.leak("one"));

            await().until(() -> counted.lost.contains(LossReason.Refused));
            assertThat(notifier.status().getFirst().lastError())
                    .contains("answers 401")
                    .contains("is unknown");
            assertNoSecret(notifier.status().getFirst());
            notifier.close();
        }
    }

    @Test
    void aReceiverThatIsNotThereIsNamedByItsHost() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        ReceiverStatus status = failed("http://127.0.0.1:" + port + "/services/" + SECRET, null);

        assertThat(status.lastError()).isEqualTo("nothing accepts connections at http://127.0.0.1:" + port + "/…");
        assertNoSecret(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/%zz/" + SECRET,
                "http://user:" + SECRET + "@127.0.0.1/",
                "file:///" + SECRET,
                SECRET,
                "http:///" + SECRET,
                "http://127.0.0.1/#" + SECRET,
                "http://127.0.0.1:99999/" + SECRET,
                "http://127.0.0.1/a\nhttp://127.0.0.1/" + SECRET
            })
    void aUrlThatIsNotRightIsNotRepeated(String url) throws Exception {
        ReceiverStatus status = failed(url, null);

        assertThat(status.lastError()).contains(directory.resolve("url").toString());
        assertNoSecret(status);
        assertThatThrownBy(() -> NotifySettings.parse(
                        "{receivers: [{name: r, type: Webhook, url: \"" + url.replace("\n", "\\n") + "\"}]}"))
                .satisfies(thrown -> assertThat(stack(thrown)).contains("'r'").doesNotContain(SECRET));
    }

    @Test
    void settingsThatCannotBeReadAreNotRepeated() {
        for (String document : List.of(
                "receivers: [{name: r, urlFile: {" + SECRET + ": 1}}]",
                "receivers: [{name: r, type: " + SECRET + "}]",
                "receivers: " + SECRET,
                "receivers: [" + SECRET,
                "receivers: [{perMinute: " + SECRET + "}]")) {
            assertThatThrownBy(() -> NotifySettings.parse(document))
                    .isInstanceOf(IllegalArgumentException.class)
                    .satisfies(thrown -> assertThat(stack(thrown)).doesNotContain(SECRET));
        }
    }

    private ReceiverStatus failed(String url, @Nullable LossReason until) throws Exception {
        Path file = Files.writeString(directory.resolve("url"), url);
        Notifier notifier = notifier("{name: r, type: Slack, urlFile: '" + file + "'}");
        notifier.tell("r", Notices.leak("one"));
        await().until(() -> until == null ? counted.failed.get() > 0 : counted.lost.contains(until));
        ReceiverStatus status = notifier.status().getFirst();
        notifier.close();
        return status;
    }

    private Notifier notifier(String receiver) {
        ReceiverFactory factory = new ReceiverFactory(counted, clock, new SteppingWaiter(clock, 50));
        return new Notifier(NotifySettings.parse("{receivers: [" + receiver + "]}"), factory, clock);
    }

    private void assertNoSecret(ReceiverStatus status) {
        assertThat(status.toString()).doesNotContain(SECRET);
        assertThat(kept.texts).isNotEmpty().noneMatch(text -> text.contains(SECRET));
    }

    private static String stack(@Nullable Throwable thrown) {
        StringWriter text = new StringWriter();
        if (thrown != null) {
            thrown.printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }
}
