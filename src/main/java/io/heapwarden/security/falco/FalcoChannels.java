package io.heapwarden.security.falco;

import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes gRPC channels to Falco, all on one thread. */
final class FalcoChannels implements AutoCloseable {

    /** Larger than any event Falco makes; one that is larger ends the connection. */
    static final int MOST_MESSAGE = 256 << 10;

    private final FalcoAddress address;
    private final Vertx vertx;
    private final Clock clock;
    private @Nullable EventLoopGroup group;

    FalcoChannels(FalcoAddress address, Vertx vertx, Clock clock) {
        this.address = address;
        this.vertx = vertx;
        this.clock = clock;
    }

    /**
     * A channel that connects when it is first used. Certificates are read now.
     *
     * @throws IOException when a socket or certificates are missing or cannot be used
     */
    ManagedChannel open(Duration answer) throws IOException {
        NettyChannelBuilder builder =
                switch (address) {
                    case FalcoAddress.Socket socket -> socket(socket);
                    case FalcoAddress.Remote remote -> remote(remote);
                };
        // Callbacks only put events into a queue, so that they may run on the thread that reads.
        return builder.directExecutor()
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(answer.toMillis()))
                .maxInboundMessageSize(MOST_MESSAGE)
                .maxInboundMetadataSize(8 << 10)
                .disableRetry()
                .userAgent("heapwarden")
                .build();
    }

    private NettyChannelBuilder socket(FalcoAddress.Socket socket) throws IOException {
        if (!Epoll.isAvailable()) {
            throw new IOException(
                    "Unix sockets need Linux on x86-64 or arm64; use host and port", Epoll.unavailabilityCause());
        }
        if (!Files.exists(socket.path())) {
            throw new IOException("there is no socket %s: is Falco's directory mounted, and grpc.enabled set?"
                    .formatted(socket.path()));
        }
        return NettyChannelBuilder.forAddress(
                        new DomainSocketAddress(socket.path().toFile()))
                .eventLoopGroup(group(true))
                .channelType(EpollDomainSocketChannel.class)
                .overrideAuthority("localhost")
                .usePlaintext();
    }

    private NettyChannelBuilder remote(FalcoAddress.Remote remote) throws IOException {
        return NettyChannelBuilder.forAddress(remote.host(), remote.port())
                .eventLoopGroup(group(false))
                .channelType(NioSocketChannel.class)
                .sslContext(context(remote.tls()));
    }

    private SslContext context(PemFiles files) throws IOException {
        PemMaterial material = files.read();
        try {
            material.check(vertx, clock.instant());
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .keyManager(material.keyCertificate().getKeyManagerFactory(vertx));
            PemTrustOptions trust = material.trust();
            if (trust != null) {
                builder.trustManager(trust.getTrustManagerFactory(vertx));
            }
            return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates for Falco cannot be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the certificates for Falco cannot be used", e);
        }
    }

    private EventLoopGroup group(boolean epoll) {
        if (group == null) {
            DefaultThreadFactory threads = new DefaultThreadFactory("heapwarden-falco-grpc", true);
            group = epoll ? new EpollEventLoopGroup(1, threads) : new NioEventLoopGroup(1, threads);
        }
        return group;
    }

    @Override
    public void close() {
        if (group != null) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
