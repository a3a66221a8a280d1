package io.heapwarden.probe.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server that answers with whatever bytes a test wants, so that it can misbehave in ways that a real one cannot. */
public final class RawServer implements AutoCloseable {

    /** Answers one request on one connection, which is closed then. */
    public interface Answer {
        void to(String request, OutputStream out) throws Exception;
    }

    private final ServerSocket socket;
    private final Answer answer;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Long> sent = new CopyOnWriteArrayList<>();

    private RawServer(ServerSocket socket, Answer answer) {
        this.socket = socket;
        this.answer = answer;
    }

    /** Starts one, over TLS with a context. */
    public static RawServer start(@Nullable SSLContext context, Answer answer) throws IOException {
        ServerSocketFactory factory =
                context == null ? ServerSocketFactory.getDefault() : context.getServerSocketFactory();
        RawServer server = new RawServer(factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer);
        Thread.ofPlatform().daemon().start(server::accept);
        return server;
    }

    /** An answer of HTTP with a status, headers (each ended by CRLF) and a body whose length it tells. */
    public static Answer http(int status, String headers, String body) {
        return (request, out) -> out.write(("HTTP/1.1 " + status + " Such\r\n" + headers + "Content-Length: "
                        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8));
    }

    /** An answer that never ends and says nothing of its length. */
    public static Answer endless(String line) {
        return (request, out) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            byte[] bytes = line.repeat(100).getBytes(StandardCharsets.UTF_8);
            while (true) {
                out.write(bytes);
            }
        };
    }

    /** An answer that begins, and then comes byte by byte. */
    public static Answer slow() {
        return (request, out) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write('#');
                out.flush();
                Thread.sleep(50);
            }
        };
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** The requests so far, each with its headers. */
    public List<String> requests() {
        return requests;
    }

    /** How many connections have ended. */
    public int ended() {
        return sent.size();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofPlatform().daemon().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder request = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                request.append(line).append('\n');
            }
            if (request.isEmpty()) {
                return;
            }
            requests.add(request.toString());
            answer.to(request.toString(), connection.getOutputStream());
            connection.getOutputStream().flush();
        } catch (Exception broken) {
            // The client has let go, as it should.
        } finally {
            sent.add(1L);
        }
    }
}
