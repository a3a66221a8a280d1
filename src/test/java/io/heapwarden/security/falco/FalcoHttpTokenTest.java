package io.heapwarden.security.falco;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class FalcoHttpTokenTest {

    private static final String OLD = "0123456789abcdef";
    private static final String NEW = "fedcba9876543210";

    @Test
    void aTokenThatIsReplacedIsValidNoMore() throws IOException {
        Vertx vertx = Vertx.vertx();
        List<FalcoEvent> events = new CopyOnWriteArrayList<>();
        try (FalcoHttpReceiver receiver = new FalcoHttpReceiver(
                vertx,
                new FalcoHttpSettings("127.0.0.1", 0, SenderTokens.parse(OLD), null, FalcoHttpLimits.DEFAULT),
                events::add,
                new FalcoCounts(),
                Clock.fixed(Seeds.TIME, ZoneOffset.UTC))) {
            receiver.start();
            assertThat(post(receiver, OLD)).isEqualTo(204);

            receiver.use(SenderTokens.parse(NEW + "\n" + OLD));
            assertThat(post(receiver, NEW)).isEqualTo(204);
            assertThat(post(receiver, OLD)).isEqualTo(204);

            receiver.use(SenderTokens.parse(NEW));
            assertThat(post(receiver, NEW)).isEqualTo(204);
            assertThat(post(receiver, OLD)).isEqualTo(404);
            assertThat(events).hasSize(4);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static int post(FalcoHttpReceiver receiver, String token) throws IOException {
        try (CurlSender falco = new CurlSender(receiver.port())) {
            return falco.post("/falco/" + token, Seeds.bytes("falco-http.json"));
        }
    }
}
