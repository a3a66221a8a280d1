package io.heapwarden.operator;

import io.heapwarden.operator.OperatorSettings.Falco;
import io.heapwarden.security.falco.DirectoryPodLocator;
import io.heapwarden.security.falco.FalcoAddress;
import io.heapwarden.security.falco.FalcoCounts;
import io.heapwarden.security.falco.FalcoGrpcClient;
import io.heapwarden.security.falco.FalcoGrpcLimits;
import io.heapwarden.security.falco.FalcoHttpLimits;
import io.heapwarden.security.falco.FalcoHttpReceiver;
import io.heapwarden.security.falco.FalcoHttpSettings;
import io.heapwarden.security.falco.FalcoQueue;
import io.heapwarden.security.falco.OwnEchoes;
import io.heapwarden.security.falco.PemFiles;
import io.heapwarden.security.falco.PodDirectory;
import io.heapwarden.security.falco.PodEventHandler;
import io.heapwarden.security.falco.PodEvents;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Listens to Falco in the ways that the installation says, while this replica leads. */
@ApplicationScoped
public class FalcoSetup implements FalcoConnection {

    private static final Logger LOG = Logger.getLogger(FalcoSetup.class);
    private static final String ANY_ADDRESS = "0.0.0.0";
    private static final String SOCKET = "unix://";

    private final Falco settings;
    private final PodDirectory pods;
    private final PodEventHandler intake;
    private final OwnEchoes echoes;
    private final FalcoCounts counts;
    private final Vertx vertx;
    private final Clock clock;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<FalcoGrpcClient> clients = new CopyOnWriteArrayList<>();
    private volatile String failure = "";

    @Inject
    FalcoSetup(
            OperatorSettings settings,
            FalcoPods pods,
            FalcoIntake intake,
            OwnEchoes echoes,
            FalcoCounts counts,
            Vertx vertx,
            Clock clock) {
        this(settings.falco(), pods, intake, echoes, counts, vertx, clock);
    }

    FalcoSetup(
            Falco settings,
            PodDirectory pods,
            PodEventHandler intake,
            OwnEchoes echoes,
            FalcoCounts counts,
            Vertx vertx,
            Clock clock) {
        this.settings = settings;
        this.pods = pods;
        this.intake = intake;
        this.echoes = echoes;
        this.counts = counts;
        this.vertx = vertx;
        this.clock = clock;
    }

    boolean listens() {
        return settings.http() || settings.grpc().isPresent();
    }

    @Override
    public String obstacle() {
        if (!listens()) {
            return "this installation listens to no Falco: set security.falco in the chart's values";
        }
        if (!failure.isEmpty() || settings.http()) {
            return failure;
        }
        return clients.stream().anyMatch(FalcoGrpcClient::connected)
                ? ""
                : clients.stream()
                        .map(FalcoGrpcClient::trouble)
                        .filter(trouble -> !trouble.isEmpty())
                        .findFirst()
                        .orElse("no Falco has answered yet");
    }

    /**
     * Listens from now on, if it does not yet; false when that has to be tried again. Called while this replica leads: only then it knows whose events they are.
     * What goes wrong here must not keep memory from being watched.
     */
    synchronized boolean start() {
        if (!listens() || !open.isEmpty()) {
            return true;
        }
        try {
            connect();
            return true;
        } catch (IOException | RuntimeException wrong) {
            stop();
            failed("events of Falco cannot come in: " + wrong.getMessage(), wrong);
            return false;
        }
    }

    /** Once for each reason: it is tried again and again. */
    private void failed(String why, Exception wrong) {
        if (!why.equals(failure)) {
            LOG.error(why, wrong);
        }
        failure = why;
    }

    private void connect() throws IOException {
        FalcoQueue queue = new FalcoQueue(
                        new PodEvents(echoes, new DirectoryPodLocator(pods), intake, counts, clock), counts, clock)
                .start();
        open.add(queue);
        if (settings.http()) {
            receive(queue);
        }
        failure = "";
        settings.grpc().orElse(List.of()).forEach(address -> ask(address, queue));
    }

    /** An address that is none stays so until the installation is changed, and does no harm to the other ways. */
    private void ask(String address, FalcoQueue queue) {
        try {
            FalcoGrpcClient client =
                    new FalcoGrpcClient(address(address), FalcoGrpcLimits.DEFAULT, vertx, queue::offer, counts, clock);
            open.addFirst(client);
            clients.add(client.start());
        } catch (IllegalArgumentException wrong) {
            failed("events of Falco cannot come in by gRPC: " + wrong.getMessage(), wrong);
        }
    }

    @PreDestroy
    synchronized void stop() {
        for (AutoCloseable one : open) {
            try {
                one.close();
            } catch (Exception broken) {
                LOG.warnf("A way of Falco's events did not end well: %s", broken);
            }
        }
        open.clear();
        clients.clear();
    }

    private void receive(FalcoQueue queue) throws IOException {
        FalcoTokenFile tokens = settings.tokenFile()
                .map(file -> new FalcoTokenFile(Path.of(file), FalcoTokenFile.LOOK))
                .orElse(null);
        if (tokens != null) {
            open.addFirst(tokens);
        }
        FalcoHttpReceiver receiver = new FalcoHttpReceiver(
                vertx,
                new FalcoHttpSettings(
                        ANY_ADDRESS,
                        settings.port(),
                        tokens == null ? null : tokens.inUse(),
                        certificates(),
                        FalcoHttpLimits.DEFAULT),
                queue::offer,
                counts,
                clock);
        open.addFirst(receiver);
        receiver.start();
        if (tokens != null) {
            tokens.watch(receiver::use);
        }
    }

    private @Nullable PemFiles certificates() {
        return settings.certificates().map(FalcoSetup::pem).orElse(null);
    }

    private static PemFiles pem(String directory) {
        Path authorities = Path.of(directory, "ca.crt");
        return new PemFiles(
                Path.of(directory, "tls.crt"),
                Path.of(directory, "tls.key"),
                Files.exists(authorities) ? authorities : null);
    }

    private FalcoAddress address(String text) {
        if (text.startsWith(SOCKET)) {
            return new FalcoAddress.Socket(Path.of(text.substring(SOCKET.length())));
        }
        int colon = text.lastIndexOf(':');
        PemFiles certificates = settings.grpcCertificates().map(FalcoSetup::pem).orElse(null);
        if (colon < 1 || certificates == null) {
            throw new IllegalArgumentException(
                    "heapwarden.falco.grpc has " + text + ": give unix:///path of a socket, or host:port together with"
                            + " heapwarden.falco.grpc-certificates, a directory with tls.crt, tls.key and ca.crt");
        }
        try {
            return new FalcoAddress.Remote(
                    text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)), certificates);
        } catch (NumberFormatException noPort) {
            throw new IllegalArgumentException("heapwarden.falco.grpc has " + text + ": its port is no number", noPort);
        }
    }
}
