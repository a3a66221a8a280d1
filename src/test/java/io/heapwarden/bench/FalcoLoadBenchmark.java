package io.heapwarden.bench;

import com.google.protobuf.Timestamp;
import io.heapwarden.security.Severity;
import io.heapwarden.security.falco.CurlSender;
import io.heapwarden.security.falco.FalcoAddress;
import io.heapwarden.security.falco.FalcoCount;
import io.heapwarden.security.falco.FalcoCounts;
import io.heapwarden.security.falco.FalcoEvent;
import io.heapwarden.security.falco.FalcoGrpcClient;
import io.heapwarden.security.falco.FalcoGrpcLimits;
import io.heapwarden.security.falco.FalcoHttpLimits;
import io.heapwarden.security.falco.FalcoHttpReceiver;
import io.heapwarden.security.falco.FalcoHttpSettings;
import io.heapwarden.security.falco.FalcoObservations;
import io.heapwarden.security.falco.FalcoQueue;
import io.heapwarden.security.falco.FalcoStandIn;
import io.heapwarden.security.falco.SenderTokens;
import io.heapwarden.security.falco.wire.SchemaProto;
import io.heapwarden.security.falco.wire.outputs.OutputsProto;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * What the two ways for Falco's events bear, on loopback: so many events a second for so many seconds, by HTTP on a few connections that stay open, and by gRPC
 * on a Unix socket. Counts what was sent and what the handler had, and measures how long a sender waits for its answer, and how much waited in the queue.
 */
public final class FalcoLoadBenchmark {

    private static final int CONNECTIONS = 8;
    private static final String TOKEN = "0123456789abcdef";
    private static final Path SEED = Path.of("src/test/resources/falco/seeds/falco-http.json");
    private static final Duration REST = Duration.ofSeconds(10);
    private static final double MICROS = 1000;

    private final int rate;
    private final int total;
    private final FalcoCounts counts = new FalcoCounts();
    private final AtomicLong words = new AtomicLong();
    private final Vertx vertx = Vertx.vertx();
    private final FalcoQueue queue = new FalcoQueue(this::handle, counts, Clock.systemUTC()).start();

    private FalcoLoadBenchmark(int rate, int seconds) {
        this.rate = rate;
        this.total = rate * seconds;
    }

    /** Runs it: seconds, 60 when not given, and events a second, 10,000 when not given. */
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        int rate = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        // So that the figures are those of compiled code, as after an operator's first minutes.
        new FalcoLoadBenchmark(rate, 5).http(false);
        new FalcoLoadBenchmark(rate, seconds).http(true);
        new FalcoLoadBenchmark(rate, seconds).grpc();
        System.exit(0);
    }

    private void http(boolean print) throws Exception {
        FalcoHttpReceiver receiver = new FalcoHttpReceiver(
                vertx,
                new FalcoHttpSettings("127.0.0.1", 0, SenderTokens.parse(TOKEN), null, FalcoHttpLimits.DEFAULT),
                queue::offer,
                counts,
                Clock.systemUTC());
        receiver.start();
        long[] answers = new long[total];
        AtomicLong taken = new AtomicLong();
        long begun = System.nanoTime();
        Thread[] senders = IntStream.range(0, CONNECTIONS)
                .mapToObj(
                        sender -> Thread.ofPlatform().start(() -> send(receiver.port(), sender, begun, answers, taken)))
                .toArray(Thread[]::new);
        for (Thread sender : senders) {
            sender.join();
        }
        double took = (System.nanoTime() - begun) / 1e9;
        settle(FalcoCount.ByHttp);
        if (print) {
            Arrays.sort(answers);
            System.out.printf(
                    Locale.ROOT,
                    "HTTP, %d connections: answer after %.0f us (p50), %.0f us (p99), %.1f ms (most); %d answered 204%n",
                    CONNECTIONS,
                    answers[total / 2] / MICROS,
                    answers[(int) (total * 0.99)] / MICROS,
                    answers[total - 1] / 1e6,
                    taken.get());
            print("HTTP", took, FalcoCount.ByHttp);
        }
        receiver.close();
        end();
    }

    private void send(int port, int first, long begun, long[] answers, AtomicLong taken) {
        try (CurlSender sender = new CurlSender(port)) {
            String event = Files.readString(SEED);
            String time = "2026-09-21T14:13:20.000000000Z";
            String second =
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "");
            byte[] head = (sender.headers("/falco/" + TOKEN, event.length()) + event.substring(0, event.indexOf(time)))
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] tail = event.substring(event.indexOf(time) + time.length()).getBytes(StandardCharsets.US_ASCII);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int i = first; i < total; i += CONNECTIONS) {
                pace(begun, i);
                out.reset();
                out.writeBytes(head);
                out.writeBytes("%s.%09dZ".formatted(second, i).getBytes(StandardCharsets.US_ASCII));
                out.writeBytes(tail);
                long sent = System.nanoTime();
                sender.write(out.toByteArray());
                if (sender.status() == 204) {
                    taken.incrementAndGet();
                }
                answers[i] = System.nanoTime() - sent;
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void grpc() throws Exception {
        Path socket = Files.createTempDirectory("heapwarden-falco").resolve("falco.sock");
        try (FalcoStandIn falco = FalcoStandIn.onSocket(socket);
                FalcoGrpcClient client = new FalcoGrpcClient(
                        new FalcoAddress.Socket(socket),
                        FalcoGrpcLimits.DEFAULT,
                        vertx,
                        queue::offer,
                        counts,
                        Clock.systemUTC())) {
            client.start();
            while (!client.connected()) {
                Thread.sleep(10);
            }
            long second = Instant.now().getEpochSecond();
            long begun = System.nanoTime();
            for (int i = 0; i < total; i++) {
                pace(begun, i);
                falco.happen(event(second, i));
            }
            double took = (System.nanoTime() - begun) / 1e9;
            settle(FalcoCount.ByGrpc);
            print("gRPC, Unix socket", took, FalcoCount.ByGrpc);
        }
        end();
    }

    private static OutputsProto.response event(long second, int nanos) {
        return OutputsProto.response
                .newBuilder()
                .setTime(Timestamp.newBuilder().setSeconds(second).setNanos(nanos))
                .setPriority(SchemaProto.priority.WARNING)
                .setRule("Terminal shell in container")
                .setOutput("A shell was spawned in a container with an attached terminal | ".repeat(4))
                .putOutputFields("container.id", "4f7b2a9d1c3e")
                .putOutputFields("container.name", "api")
                .putOutputFields("k8s.ns.name", "shop")
                .putOutputFields("k8s.pod.name", "api-7c9f-x2k")
                .putOutputFields("proc.name", "sh")
                .putOutputFields("proc.cmdline", "sh")
                .putOutputFields("user.name", "root")
                .setHostname("node-1")
                .addTags("T1059")
                .setSource("syscall")
                .build();
    }

    /** Makes a finding of it, as the operator does. */
    private void handle(FalcoEvent event) {
        words.addAndGet(FalcoObservations.of(event, "api").message().length());
    }

    private void pace(long begun, int event) {
        long due = begun + event * 1_000_000_000L / rate;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void settle(FalcoCount way) throws InterruptedException {
        long end = System.nanoTime() + REST.toNanos();
        while ((counts.get(way) < total || queue.size() > 0) && System.nanoTime() < end) {
            Thread.sleep(10);
        }
    }

    private void print(String way, double took, FalcoCount count) {
        long dropped =
                Arrays.stream(Severity.values()).mapToLong(counts::dropped).sum();
        System.out.printf(
                Locale.ROOT,
                "%s: %d sent in %.1f s (%.0f/s), %d received, %d handled, %d dropped, %d taken for replays; at most %.1f KiB queued%n",
                way,
                total,
                took,
                total / took,
                counts.get(count),
                counts.get(FalcoCount.Handled),
                dropped,
                counts.get(FalcoCount.Replayed),
                queue.highWater() / 1024.0);
    }

    private void end() {
        queue.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        if (words.get() == 0) {
            throw new IllegalStateException("nothing was handled");
        }
    }
}
