package io.heapwarden.security.falco;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;

/** Sends events byte for byte as Falco's http_output does through libcurl. */
public final class CurlSender implements Closeable {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;
    private final String host;

    public CurlSender(int port) throws IOException {
        this(port, SocketFactory.getDefault());
    }

    CurlSender(int port, SocketFactory factory) throws IOException {
        socket = factory.createSocket();
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        host = "127.0.0.1:" + port;
    }

    /** What libcurl writes before a body of that length. */
    public String headers(String path, int length, String... more) {
        StringBuilder text = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: " + host
                + "\r\nUser-Agent: falcosecurity/falco\r\nAccept: */*\r\nContent-Type: application/json\r\nContent-Length: "
                + length + "\r\n");
        for (String line : more) {
            text.append(line).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    /** Sends one event and gives the status. */
    int post(String path, byte[] body, String... more) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(headers(path, body.length, more).getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(body);
        write(out.toByteArray());
        return status();
    }

    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads one answer, its body too; -1 when the connection is at its end. */
    public int status() throws IOException {
        return Integer.parseInt(answer().split(" ")[1]);
    }

    /** The head of one answer; " -1" when the connection is at its end. */
    String answer() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return head.isEmpty() ? "none -1" : head.toString();
            }
            head.append((char) next);
        }
        int at = head.toString().toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
        if (at >= 0) {
            int length = Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
            in.readNBytes(length);
        }
        return head.toString();
    }

    /** Whether the other side has ended the connection, or does within the time-out. */
    boolean ended() {
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
