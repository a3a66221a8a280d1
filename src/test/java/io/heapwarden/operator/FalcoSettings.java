package io.heapwarden.operator;

import io.heapwarden.operator.OperatorSettings.Falco;
import io.heapwarden.security.falco.FalcoCounts;
import io.heapwarden.security.falco.OwnEchoes;
import io.heapwarden.security.falco.PodDirectory;
import io.heapwarden.security.falco.PodEventHandler;
import io.heapwarden.security.falco.RunningPod;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an installation of a test listens to Falco. */
record FalcoSettings(boolean http, int port, Optional<String> tokenFile, Optional<List<String>> grpc) implements Falco {

    /** Every pod that an event names is there. */
    FalcoSetup setup(Vertx vertx, PodEventHandler handler) {
        return new FalcoSetup(
                this, new EveryPod(), handler, new OwnEchoes(), new FalcoCounts(), vertx, Clock.systemUTC());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public Optional<String> certificates() {
        return Optional.empty();
    }

    @Override
    public Optional<String> grpcCertificates() {
        return Optional.empty();
    }

    private static final class EveryPod implements PodDirectory {
        @Override
        public @Nullable RunningPod named(String namespace, String name) {
            return new RunningPod(namespace, name, "uid", Map.of());
        }

        @Override
        public @Nullable RunningPod withContainer(String shortId) {
            return null;
        }
    }
}
