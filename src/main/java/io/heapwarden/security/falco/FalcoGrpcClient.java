package io.heapwarden.security.falco;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.heapwarden.security.falco.Reading.Read;
import io.heapwarden.security.falco.Reading.Rejected;
import io.heapwarden.security.falco.wire.outputs.OutputsProto;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks a Falco of 0.24 to 0.43 for its events, as falcosecurity/client-go does: by {@code falco.outputs.service/sub}, with an empty request again and again. It
 * must be the only client of that Falco: all clients share one queue there, and take events from each other. There is one Falco a node, so there is
 * one of these for each. While none is connected, Falco keeps events without bound.
 */
public final class FalcoGrpcClient implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FalcoGrpcClient.class);
    private static final String NO_GRPC =
            ". Falco has no gRPC from 0.44 on: set json_output and http_output there, and send to the receiver of Heapwarden instead";

    private final FalcoAddress address;
    private final FalcoGrpcLimits limits;
    private final Consumer<FalcoEvent> sink;
    private final FalcoCounts counts;
    private final Clock clock;
    private final FalcoChannels channels;
    private final ReconnectWait wait;
    private final Set<FalcoRejection> said = Collections.synchronizedSet(EnumSet.noneOf(FalcoRejection.class));

    /** Everything but events happens on its thread. */
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("heapwarden-falco-ask").daemon().factory());

    private @Nullable FalcoSubscription subscription;
    private @Nullable ScheduledFuture<?> asking;
    private @Nullable ScheduledFuture<?> proving;
    private long since;
    private volatile boolean connected;
    private volatile String version = "";
    private volatile String trouble = "";

    /** @param sink takes events on gRPC's thread, and must not wait */
    public FalcoGrpcClient(
            FalcoAddress address,
            FalcoGrpcLimits limits,
            Vertx vertx,
            Consumer<FalcoEvent> sink,
            FalcoCounts counts,
            Clock clock) {
        this.address = address;
        this.limits = limits;
        this.sink = sink;
        this.counts = counts;
        this.clock = clock;
        this.channels = new FalcoChannels(address, vertx, clock);
        this.wait = new ReconnectWait(limits.leastWait(), limits.mostWait(), new Random());
    }

    /** Connects, and connects again when that ends, until it is closed. */
    public FalcoGrpcClient start() {
        thread.execute(this::connect);
        return this;
    }

    /** Whether Falco has answered on the present connection. */
    public boolean connected() {
        return connected;
    }

    /** Falco's version, as it says; empty before it did, or when it does not. */
    public String version() {
        return version;
    }

    /** Why there is no connection; empty while there is one, and before the first. */
    public String trouble() {
        return trouble;
    }

    private void connect() {
        ManagedChannel channel;
        try {
            channel = channels.open(limits.answer());
        } catch (IOException e) {
            again(e.getMessage());
            return;
        }
        FalcoSubscription[] self = new FalcoSubscription[1];
        FalcoSubscription next = new FalcoSubscription(
                channel,
                this::take,
                answer -> onThread(() -> answered(self[0], answer)),
                status -> onThread(() -> ended(self[0], status)));
        self[0] = next;
        subscription = next;
        since = System.nanoTime();
        next.askVersion(limits.answer());
        next.start();
        long ask = limits.ask().toNanos();
        asking = thread.scheduleWithFixedDelay(next::ask, 0, ask, TimeUnit.NANOSECONDS);
        long alive = limits.alive().toNanos();
        proving = thread.scheduleWithFixedDelay(
                () -> next.askVersion(limits.answer()), alive, alive, TimeUnit.NANOSECONDS);
    }

    private void answered(FalcoSubscription from, String answer) {
        if (from != subscription) {
            return;
        }
        if (!connected) {
            connected = true;
            counts.add(FalcoCount.Connected);
            version = answer;
            trouble = "";
            LOG.infof("Connected to Falco %s at %s", answer.isEmpty() ? "of unknown version" : answer, address);
        }
        if (System.nanoTime() - since > limits.steady().toNanos()) {
            wait.reset();
        }
    }

    private void ended(FalcoSubscription from, Status status) {
        if (from != subscription) {
            return;
        }
        boolean none = status.getCode() == Status.Code.UNIMPLEMENTED || (!connected && Refusals.refused(status));
        again(Refusals.words(status) + (none ? NO_GRPC : ""));
    }

    private void again(@Nullable String why) {
        stopAsking();
        subscription = null;
        connected = false;
        counts.add(FalcoCount.Disconnected);
        Duration pause = wait.next();
        String words = String.valueOf(why);
        if (!words.equals(trouble)) {
            trouble = words;
            LOG.warnf("No connection to Falco at %s: %s. Trying again after a while", address, words);
        }
        var unused = thread.schedule(this::connect, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void take(OutputsProto.response message) {
        switch (WireEvents.read(message, clock.instant())) {
            case Read(FalcoEvent event) -> {
                counts.add(FalcoCount.ByGrpc);
                sink.accept(event);
            }
            case Rejected(FalcoRejection reason, String detail) -> {
                counts.reject(reason);
                if (said.add(reason)) {
                    LOG.warnf(
                            "An event of Falco at %s was refused: %s. More of the kind are only counted",
                            address, detail);
                }
            }
        }
    }

    private void stopAsking() {
        if (asking != null) {
            asking.cancel(false);
        }
        if (proving != null) {
            proving.cancel(false);
        }
    }

    private void onThread(Runnable step) {
        try {
            thread.execute(step);
        } catch (RejectedExecutionException e) {
            LOG.debug("Falco answered when this was closed");
        }
    }

    @Override
    public void close() {
        try {
            thread.execute(() -> {
                stopAsking();
                if (subscription != null) {
                    subscription.cancel();
                    subscription = null;
                }
                connected = false;
                thread.shutdownNow();
                channels.close();
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed before");
        }
    }
}
