package io.heapwarden.security.falco;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import io.heapwarden.security.falco.wire.outputs.OutputsProto;
import io.heapwarden.security.falco.wire.outputs.serviceGrpc;
import io.heapwarden.security.falco.wire.version.VersionProto;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection to Falco, from its first request to its end, which is told once. Requests are sent by one thread; answers come on gRPC's. */
final class FalcoSubscription {

    private static final OutputsProto.request ASK = OutputsProto.request.getDefaultInstance();

    private final ManagedChannel channel;
    private final Consumer<OutputsProto.response> events;
    private final Consumer<String> versions;
    private final Consumer<Status> end;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long heard = System.nanoTime();
    private volatile @Nullable ClientCallStreamObserver<OutputsProto.request> requests;

    FalcoSubscription(
            ManagedChannel channel,
            Consumer<OutputsProto.response> events,
            Consumer<String> versions,
            Consumer<Status> end) {
        this.channel = channel;
        this.events = events;
        this.versions = versions;
        this.end = end;
    }

    void start() {
        var unused = serviceGrpc
                .newStub(channel)
                .sub(new ClientResponseObserver<OutputsProto.request, OutputsProto.response>() {
                    @Override
                    public void beforeStart(ClientCallStreamObserver<OutputsProto.request> stream) {
                        requests = stream;
                    }

                    @Override
                    public void onNext(OutputsProto.response event) {
                        heard = System.nanoTime();
                        events.accept(event);
                    }

                    @Override
                    public void onError(Throwable broken) {
                        end(Status.fromThrowable(broken));
                    }

                    @Override
                    public void onCompleted() {
                        end(Status.UNAVAILABLE.withDescription("Falco ended the stream"));
                    }
                });
    }

    /** Asks for what has happened since. What the transport has not sent yet is asked for already. */
    void ask() {
        ClientCallStreamObserver<OutputsProto.request> stream = requests;
        if (stream != null && !ended.get() && stream.isReady()) {
            stream.onNext(ASK);
        }
    }

    /**
     * Asks for the version, and takes no answer in time for the end. One that says it does not know the question does live, and so does one that sent
     * events meanwhile.
     */
    void askVersion(Duration answer) {
        long asked = System.nanoTime();
        io.heapwarden
                .security
                .falco
                .wire
                .version
                .serviceGrpc
                .newStub(channel)
                .withDeadlineAfter(answer.toMillis(), TimeUnit.MILLISECONDS)
                .version(VersionProto.request.getDefaultInstance(), new StreamObserver<>() {
                    @Override
                    public void onNext(VersionProto.response answer) {
                        versions.accept(PlainText.of(answer.getVersion(), 64));
                    }

                    @Override
                    public void onError(Throwable broken) {
                        Status status = Status.fromThrowable(broken);
                        switch (status.getCode()) {
                            case UNIMPLEMENTED -> versions.accept("");
                            case DEADLINE_EXCEEDED -> {
                                if (heard - asked <= 0) {
                                    end(Status.DEADLINE_EXCEEDED.withDescription(
                                            "no answer within " + answer.toMillis() + " ms"));
                                }
                            }
                            default -> end(status);
                        }
                    }

                    @Override
                    public void onCompleted() {}
                });
    }

    /** Ends it from this side. */
    void cancel() {
        ended.set(true);
        channel.shutdownNow();
    }

    private void end(Status status) {
        if (ended.compareAndSet(false, true)) {
            channel.shutdownNow();
            end.accept(status);
        }
    }
}
