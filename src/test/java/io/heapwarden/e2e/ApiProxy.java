package io.heapwarden.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;

/**
 * Stands between an operator and the API server, on the loopback, with the test's credentials: keeps what was asked, and lets a test hold,
 * drop, delay or change single requests and answers. One connection for each request, so that what is held holds up nothing else.
 */
final class ApiProxy implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length:\\s*(\\d+)");
    private static final Pattern UPGRADE = Pattern.compile("(?im)^upgrade:\\s*websocket");
    private static final int LONGEST_HEAD = 65_536;

    private final ServerSocket listener;
    private final SSLSocketFactory tls;
    private final URI server;
    private final List<Answered> answered = new CopyOnWriteArrayList<>();
    private volatile Interference interference = new Interference() {};

    /**
     * A request.
     *
     * @param target path and query
     */
    record Request(String method, String target, String body) {

        /** Whether it evicts a pod in earnest. */
        boolean evicts() {
            return method.equals("POST") && target.endsWith("/eviction");
        }

        /** Whether it writes an outcome into the status of a policy. */
        boolean writes(String outcome) {
            return method.equals("PATCH")
                    && target.contains("/memorypolicies/")
                    && target.contains("/status")
                    && body.contains("\"outcome\":\"" + outcome + "\"");
        }

        /** The resource's name: the fifth part from the namespace on. */
        String name() {
            Matcher named = Pattern.compile("/namespaces/[^/]+/[^/]+/([^/?]+)").matcher(target);
            return named.find() ? named.group(1) : "";
        }
    }

    /** A request that reached the API server, and what it said. */
    record Answered(Request request, int code, Instant at) {}

    /** What a test does to requests and answers; each may take as long as it likes. */
    interface Interference {

        /** Whether a request goes on to the API server; else its connection is closed. */
        default boolean passes(Request request) {
            return true;
        }

        /** Whether the answer goes back to the operator; else its connection is closed. */
        default boolean answers(Request request) {
            return true;
        }

        /** The head of an answer as the operator sees it. */
        default String head(Request request, String head) {
            return head;
        }

        /** Called before each piece of an answer's body goes on: a watch is held by not returning. */
        default void beforePiece(Request request) {}
    }

    ApiProxy(Config config) {
        try {
            listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
            tls = SSLUtils.sslContext(config).getSocketFactory();
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException("no proxy before the API server", failure);
        }
        server = URI.create(config.getMasterUrl());
        Thread.ofVirtual().start(this::accept);
    }

    void interfere(Interference how) {
        interference = how;
    }

    /** What reached the API server, in order of its answers. Reads of it are left out. */
    List<Answered> answered() {
        return List.copyOf(answered);
    }

    /** Evictions that the API server carried out. */
    List<Answered> evictions() {
        return answered.stream()
                .filter(one -> one.request().evicts() && one.code() < 300)
                .toList();
    }

    /** For a client that goes this way. */
    Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + listener.getLocalPort())
                .build();
    }

    /** Writes a kubeconfig that leads here. */
    Path kubeconfig(Path file) {
        String text =
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: proxied, cluster: {server: "http://127.0.0.1:%d"}}]
                contexts: [{name: proxied, context: {cluster: proxied, user: nobody, namespace: default}}]
                users: [{name: nobody, user: {}}]
                current-context: proxied
                """
                        .formatted(listener.getLocalPort());
        try {
            return Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket operator = listener.accept();
                Thread.ofPlatform().daemon().start(() -> serve(operator));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket operator) {
        try (operator) {
            String head = readHead(operator.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            String[] line = head.substring(0, head.indexOf("\r\n")).split(" ");
            Matcher length = LENGTH.matcher(head);
            byte[] body = operator.getInputStream().readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
            Request request = new Request(line[0], line[1], new String(body, StandardCharsets.UTF_8));
            if (!interference.passes(request)) {
                return;
            }
            try (Socket upstream = tls.createSocket(server.getHost(), server.getPort())) {
                forward(request, head, body, operator, upstream);
            }
        } catch (IOException eitherSideLeft) {
            // As when a connection is cut anywhere else; whoever is left sees its socket closed.
        }
    }

    private void forward(Request request, String head, byte[] body, Socket operator, Socket upstream)
            throws IOException {
        boolean webSocket = UPGRADE.matcher(head).find();
        String sent = webSocket
                ? head
                : head.replaceAll("(?im)^(connection|upgrade|http2-settings):.*\r\n", "")
                        .replaceFirst("\r\n", "\r\nConnection: close\r\n");
        upstream.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
        upstream.getOutputStream().write(body);
        upstream.getOutputStream().flush();
        String answer = readHead(upstream.getInputStream());
        if (answer.isEmpty()) {
            return;
        }
        if (!request.method().equals("GET")) {
            answered.add(new Answered(request, Integer.parseInt(answer.split(" ", 3)[1]), Instant.now()));
        }
        if (!interference.answers(request)) {
            return;
        }
        operator.getOutputStream().write(interference.head(request, answer).getBytes(StandardCharsets.ISO_8859_1));
        operator.getOutputStream().flush();
        if (webSocket) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    operator.getInputStream().transferTo(upstream.getOutputStream());
                    upstream.close();
                } catch (IOException eitherSideLeft) {
                    // The other direction ends with the same sockets.
                }
            });
        }
        relay(request, upstream.getInputStream(), operator.getOutputStream());
    }

    private void relay(Request request, InputStream from, OutputStream to) throws IOException {
        byte[] piece = new byte[16_384];
        for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
            interference.beforePiece(request);
            to.write(piece, 0, read);
            to.flush();
        }
    }

    /** Up to and with the empty line; empty when nothing came. */
    private static String readHead(InputStream from) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int state = 0;
        while (state < 4 && head.size() < LONGEST_HEAD) {
            int next = from.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
            state = next == (state % 2 == 0 ? '\r' : '\n') ? state + 1 : (next == '\r' ? 1 : 0);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }
}
