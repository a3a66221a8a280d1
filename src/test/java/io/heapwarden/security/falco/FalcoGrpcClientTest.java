package io.heapwarden.security.falco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class FalcoGrpcClientTest {

    private static final FalcoGrpcLimits LIMITS = new FalcoGrpcLimits(
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofSeconds(1));

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<FalcoEvent> events = new CopyOnWriteArrayList<>();
    private final FalcoCounts counts = new FalcoCounts();
    private @Nullable FalcoGrpcClient client;
    private @Nullable FalcoStandIn falco;

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        if (falco != null) {
            falco.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void asksOnAUnixSocketAgainAndAgain() throws IOException {
        FalcoStandIn standIn = onSocket();
        standIn.happen(event());
        FalcoGrpcClient asking = connect(socket());

        await().until(() -> events.size() == 1);
        standIn.happen(event());
        standIn.happen(event());
        await().until(() -> events.size() == 3);

        assertThat(asking.connected()).isTrue();
        assertThat(asking.version()).isEqualTo("0.43.1");
        assertThat(asking.trouble()).isEmpty();
        assertThat(counts.get(FalcoCount.ByGrpc)).isEqualTo(3);
        assertThat(standIn.connections()).isEqualTo(1);
        assertThat(standIn.requests()).isGreaterThan(1);
    }

    @Test
    void goesOnWhenFalcoRestarts() throws IOException {
        FalcoStandIn first = onSocket();
        connect(socket());
        await().until(() -> counts.get(FalcoCount.Connected) == 1);
        first.close();
        await().until(() -> counts.get(FalcoCount.Disconnected) > 0);

        FalcoStandIn second = onSocket();
        second.happen(event());

        await().until(() -> events.size() == 1);
        assertThat(counts.get(FalcoCount.Connected)).isEqualTo(2);
    }

    @Test
    void opensAStreamThatFalcoEndedAgain() throws IOException {
        FalcoStandIn standIn = onSocket();
        connect(socket());
        await().until(() -> standIn.requests() > 0);

        standIn.halfClose();
        standIn.happen(event());

        await().until(() -> events.size() == 1);
        assertThat(standIn.connections()).isEqualTo(2);
    }

    @Test
    void tellsAFalcoThatStoppedAnsweringAndComesBack() throws IOException {
        FalcoStandIn standIn = onSocket();
        FalcoGrpcClient asking = connect(socket());
        await().until(asking::connected);

        standIn.fallSilent();

        await().until(() -> asking.trouble().contains("no answer within 500 ms"));
        await().until(() -> standIn.connections() > 2);
    }

    @Test
    void tellsAPortThatTakesConnectionsAndNeverAnswers() throws IOException {
        PemFiles files = new TestAuthority(directory, "ours").sign("client");
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            FalcoGrpcClient asking = connect(new FalcoAddress.Remote("127.0.0.1", mute.getLocalPort(), files));

            await().until(() -> counts.get(FalcoCount.Disconnected) > 1);
            assertThat(asking.connected()).isFalse();
        }
    }

    @Test
    void asksWithCertificatesOnBothSides() throws IOException {
        TestAuthority authority = new TestAuthority(directory, "ours");
        falco = FalcoStandIn.withTls(0, authority.sign("falco"));
        falco.happen(event());

        connect(new FalcoAddress.Remote("localhost", falco.port(), authority.sign("client")));

        await().until(() -> events.size() == 1);
    }

    @Test
    void neitherSideTakesAStrangersCertificateAndANewOneIsUsedAtTheNextConnection() throws IOException {
        TestAuthority ours = new TestAuthority(directory, "ours");
        PemFiles own = ours.sign("client");
        PemFiles stranger = new TestAuthority(directory, "theirs").sign("stranger");
        falco = FalcoStandIn.withTls(0, ours.sign("falco"));
        PemFiles used = new PemFiles(directory.resolve("used.crt"), directory.resolve("used.key"), own.authorities());
        TestAuthority.swap(stranger.certificate(), used.certificate());
        TestAuthority.swap(stranger.key(), used.key());
        FalcoGrpcClient asking = connect(new FalcoAddress.Remote("127.0.0.1", falco.port(), used));
        await().until(() -> counts.get(FalcoCount.Disconnected) > 1);
        assertThat(asking.connected()).isFalse();

        TestAuthority.swap(own.certificate(), used.certificate());
        TestAuthority.swap(own.key(), used.key());
        falco.happen(event());

        await().until(() -> events.size() == 1);
    }

    @Test
    void doesNotBelieveAStrangersFalco() throws IOException {
        PemFiles own = new TestAuthority(directory, "ours").sign("client");
        TestAuthority theirs = new TestAuthority(directory, "theirs");
        PemFiles stranger = theirs.sign("stranger");
        falco = FalcoStandIn.withTls(0, new PemFiles(stranger.certificate(), stranger.key(), own.authorities()));
        falco.happen(event());

        FalcoGrpcClient asking = connect(new FalcoAddress.Remote("127.0.0.1", falco.port(), own));

        await().until(() -> counts.get(FalcoCount.Disconnected) > 1);
        assertThat(asking.trouble()).contains("certification path");
        assertThat(events).isEmpty();
    }

    @Test
    void saysThatNewerFalcosHaveNoGrpc() throws IOException {
        PemFiles files = new TestAuthority(directory, "ours").sign("client");
        int port;
        try (ServerSocket gone = new ServerSocket(0)) {
            port = gone.getLocalPort();
        }
        FalcoGrpcClient refused = connect(new FalcoAddress.Remote("127.0.0.1", port, files));
        await().until(() -> refused.trouble().contains("no gRPC from 0.44 on")
                && refused.trouble().contains("http_output"));
        refused.close();

        falco = FalcoStandIn.ofOthers(directory.resolve("other.sock"));
        FalcoGrpcClient unimplemented = connect(new FalcoAddress.Socket(directory.resolve("other.sock")));
        await().until(() -> unimplemented.trouble().contains("no gRPC from 0.44 on"));
    }

    @Test
    void saysThatTheSocketOrTheCertificatesAreMissing() {
        FalcoGrpcClient noSocket = connect(new FalcoAddress.Socket(directory.resolve("none.sock")));
        await().until(() -> noSocket.trouble().contains("there is no socket"));
        noSocket.close();

        FalcoGrpcClient noFiles = connect(new FalcoAddress.Remote(
                "localhost", 1, new PemFiles(directory.resolve("a"), directory.resolve("b"), directory.resolve("c"))));
        await().until(() -> !noFiles.trouble().isEmpty());
    }

    @Test
    void badEventsAreCountedAndTheNextOnesCome() throws IOException {
        FalcoStandIn standIn = onSocket();
        standIn.happen(WireEventsTest.message().setTime(time(Instant.EPOCH)).build());
        standIn.happen(
                WireEventsTest.message(Instant.now()).setPriorityValue(77).build());
        standIn.happen(WireEventsTest.message(Instant.now())
                .setOutput("x".repeat(70_000))
                .build());
        standIn.happen(event());
        connect(socket());

        await().until(() -> events.size() == 1);
        assertThat(counts.rejected(FalcoRejection.TooOld)).isEqualTo(1);
        assertThat(counts.rejected(FalcoRejection.UnknownPriority)).isEqualTo(1);
        assertThat(counts.rejected(FalcoRejection.TooLarge)).isEqualTo(1);
    }

    @Test
    void aMessageBeyondAllBoundsEndsTheConnectionAndTheNextOneIsMade() throws IOException {
        FalcoStandIn standIn = onSocket();
        standIn.happen(WireEventsTest.message(Instant.now())
                .setOutput("x".repeat(FalcoChannels.MOST_MESSAGE))
                .build());
        connect(socket());
        await().until(() -> counts.get(FalcoCount.Disconnected) > 0);

        standIn.happen(event());

        await().until(() -> events.size() == 1);
    }

    @Test
    void aFloodIsBoundedByTheQueueAndEveryEventIsHandledOrCounted() throws IOException {
        int flood = 30_000;
        Instant now = Instant.now();
        FalcoStandIn standIn = onSocket();
        for (int i = 0; i < flood; i++) {
            standIn.happen(WireEventsTest.message(now.plusNanos(i)).build());
        }
        try (FalcoQueue queue =
                new FalcoQueue(event -> pause(), counts, Clock.systemUTC(), 1000, FalcoQueue.MOST_BYTES).start()) {
            client = new FalcoGrpcClient(
                            socket(), FalcoGrpcLimits.DEFAULT, vertx, queue::offer, counts, Clock.systemUTC())
                    .start();

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> counts.get(FalcoCount.ByGrpc) == flood && queue.size() == 0);
            await().untilAsserted(() -> assertThat(
                            counts.get(FalcoCount.Handled) + counts.dropped(FalcoPriority.Warning.severity()))
                    .isEqualTo(flood));
            assertThat(counts.dropped(FalcoPriority.Warning.severity())).isPositive();
            assertThat(queue.highWater()).isLessThan(1000L * 64 * 1024);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private FalcoGrpcClient connect(FalcoAddress address) {
        FalcoGrpcClient created =
                new FalcoGrpcClient(address, LIMITS, vertx, events::add, counts, Clock.systemUTC()).start();
        client = created;
        return created;
    }

    private FalcoStandIn onSocket() throws IOException {
        FalcoStandIn created = FalcoStandIn.onSocket(directory.resolve("falco.sock"));
        falco = created;
        return created;
    }

    private FalcoAddress socket() {
        return new FalcoAddress.Socket(directory.resolve("falco.sock"));
    }

    private static com.google.protobuf.Timestamp time(Instant at) {
        return com.google.protobuf.Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .build();
    }

    private static io.heapwarden.security.falco.wire.outputs.OutputsProto.response event() {
        return WireEventsTest.message(Instant.now()).build();
    }
}
