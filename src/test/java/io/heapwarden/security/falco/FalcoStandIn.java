package io.heapwarden.security.falco;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.heapwarden.security.falco.wire.outputs.OutputsProto;
import io.heapwarden.security.falco.wire.outputs.serviceGrpc;
import io.heapwarden.security.falco.wire.version.VersionProto;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks Falco's gRPC as 0.43 does: one queue for all clients, which {@code sub} hands out only in answer to a request. */
public final class FalcoStandIn implements AutoCloseable {

    private final Queue<OutputsProto.response> queue = new ConcurrentLinkedQueue<>();
    private final Set<StreamObserver<OutputsProto.response>> streams = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean silent;
    private final Server server;
    private final List<EventLoopGroup> groups;

    private FalcoStandIn(NettyServerBuilder builder, List<EventLoopGroup> groups, boolean withServices)
            throws IOException {
        this.groups = groups;
        if (withServices) {
            List.<BindableService>of(new Outputs(), new Version()).forEach(builder::addService);
        }
        server = builder.build().start();
    }

    public static FalcoStandIn onSocket(Path path) throws IOException {
        Files.deleteIfExists(path);
        EventLoopGroup boss = new EpollEventLoopGroup(1);
        EventLoopGroup worker = new EpollEventLoopGroup(1);
        return new FalcoStandIn(
                NettyServerBuilder.forAddress(new DomainSocketAddress(path.toFile()))
                        .bossEventLoopGroup(boss)
                        .workerEventLoopGroup(worker)
                        .channelType(EpollServerDomainSocketChannel.class),
                List.of(boss, worker),
                true);
    }

    /** A gRPC server that is no Falco. */
    static FalcoStandIn ofOthers(Path path) throws IOException {
        EventLoopGroup boss = new EpollEventLoopGroup(1);
        return new FalcoStandIn(
                NettyServerBuilder.forAddress(new DomainSocketAddress(path.toFile()))
                        .bossEventLoopGroup(boss)
                        .workerEventLoopGroup(boss)
                        .channelType(EpollServerDomainSocketChannel.class),
                List.of(boss),
                false);
    }

    static FalcoStandIn withTls(int port, PemFiles files) throws IOException {
        return new FalcoStandIn(
                NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
                        .sslContext(GrpcSslContexts.configure(
                                        GrpcSslContexts.forServer(
                                                files.certificate().toFile(),
                                                files.key().toFile()),
                                        SslProvider.JDK)
                                .trustManager(
                                        files.authorities() == null
                                                ? null
                                                : files.authorities().toFile())
                                .clientAuth(ClientAuth.REQUIRE)
                                .build()),
                List.of(),
                true);
    }

    public void happen(OutputsProto.response event) {
        queue.add(event);
    }

    int port() {
        return server.getPort();
    }

    public int waiting() {
        return queue.size();
    }

    int requests() {
        return requests.get();
    }

    /** Streams that were opened. */
    int connections() {
        return connections.get();
    }

    /** From now on it takes requests and answers nothing. */
    void fallSilent() {
        silent = true;
    }

    /** Ends its side of all streams. */
    void halfClose() {
        synchronized (streams) {
            streams.forEach(StreamObserver::onCompleted);
            streams.clear();
        }
    }

    /** A request that was under way when the stream was ended takes nothing out of the queue. */
    private void answer(StreamObserver<OutputsProto.response> stream) {
        synchronized (streams) {
            if (streams.contains(stream)) {
                drain(stream);
            }
        }
    }

    private void drain(StreamObserver<OutputsProto.response> stream) {
        for (OutputsProto.response next = queue.poll(); next != null; next = queue.poll()) {
            stream.onNext(next);
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        groups.forEach(group -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS));
    }

    private final class Outputs extends serviceGrpc.serviceImplBase {
        @Override
        public StreamObserver<OutputsProto.request> sub(StreamObserver<OutputsProto.response> answers) {
            connections.incrementAndGet();
            streams.add(answers);
            return new StreamObserver<>() {
                @Override
                public void onNext(OutputsProto.request request) {
                    requests.incrementAndGet();
                    if (!silent) {
                        answer(answers);
                    }
                }

                @Override
                public void onError(Throwable broken) {
                    streams.remove(answers);
                }

                @Override
                public void onCompleted() {
                    streams.remove(answers);
                }
            };
        }

        @Override
        public void get(OutputsProto.request request, StreamObserver<OutputsProto.response> answers) {
            drain(answers);
            answers.onCompleted();
        }
    }

    private final class Version extends io.heapwarden.security.falco.wire.version.serviceGrpc.serviceImplBase {
        @Override
        public void version(VersionProto.request request, StreamObserver<VersionProto.response> answers) {
            if (!silent) {
                answers.onNext(VersionProto.response
                        .newBuilder()
                        .setVersion("0.43.1")
                        .setMinor(43)
                        .setPatch(1)
                        .build());
                answers.onCompleted();
            }
        }
    }
}
