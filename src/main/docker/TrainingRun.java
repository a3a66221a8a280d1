import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Runs the operator once while the image is built, so that the JVM can record what it loads into an AOT cache. There is no cluster then:
 * this program answers as an API server with nothing in it would, waits until the operator is ready, and stops it.
 *
 * <p>Usage: {@code java TrainingRun.java COMMAND...}, the command that starts the operator.
 */
final class TrainingRun {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final String BOOKMARK =
            """
            {"type":"BOOKMARK","object":{"kind":"Bookmark","apiVersion":"v1","metadata":{"resourceVersion":"1"}}}
            """;
    private static final String EVERYTHING_ALLOWED =
            """
            {"kind":"SelfSubjectRulesReview","apiVersion":"authorization.k8s.io/v1","spec":{},"status":{"incomplete":false,"nonResourceRules":[],\
            "resourceRules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}]}}
            """;
    private static final String LOOPBACK = "127.0.0.1";

    public static void main(String... command) throws Exception {
        HttpServer apiServer = HttpServer.create(new InetSocketAddress(InetAddress.getByName(LOOPBACK), 0), 0);
        apiServer.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        apiServer.createContext("/", TrainingRun::answer);
        apiServer.start();
        int healthPort = freePort();
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).inheritIO();
        builder.environment().put("KUBERNETES_MASTER", "http://" + LOOPBACK + ":" + apiServer.getAddress().getPort());
        builder.environment().put("KUBERNETES_NAMESPACE", "training");
        builder.environment().put("HEAPWARDEN_POD_NAMESPACE", "training");
        builder.environment().put("QUARKUS_LOG_CATEGORY__IO_SMALLRYE_HEALTH__LEVEL", "WARN");
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(healthPort));
        Process operator = builder.start();
        boolean ready = awaitReady(operator, healthPort);
        operator.destroy();
        if (!operator.waitFor(120, TimeUnit.SECONDS)) {
            operator.destroyForcibly();
        }
        System.out.println("training run: " + (ready ? "ready, then stopped" : "the operator did not become ready"));
        System.exit(ready ? 0 : 1);
    }

    private static boolean awaitReady(Process operator, int port) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        while (operator.isAlive() && System.nanoTime() < end) {
            if (status(client, port, "/q/health/ready") == 200) {
                // What is asked of it for the rest of its life.
                status(client, port, "/q/health/live");
                status(client, port, "/q/health/started");
                status(client, port, "/q/metrics");
                TimeUnit.SECONDS.sleep(2);
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return false;
    }

    private static int status(HttpClient client, int port, String path) throws InterruptedException {
        URI address = URI.create("http://" + LOOPBACK + ":" + port + path);
        HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        String path = exchange.getRequestURI().getPath();
        if (query != null && query.contains("watch=true")) {
            if (exchange.getRequestHeaders().containsKey("Upgrade")) {
                reply(exchange, 200, "{}"); // the client then watches by plain HTTP
                return;
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0); // stays open, and nothing more ever happens
            exchange.getResponseBody().write(BOOKMARK.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            return;
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestMethod()) {
            case "GET" -> {
                if (path.equals("/version")) {
                    reply(exchange, 200, "{\"major\":\"1\",\"minor\":\"34\",\"gitVersion\":\"v1.34.0\"}");
                } else if (path.contains("/leases/")) {
                    reply(exchange, 404, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"NotFound\",\"code\":404}");
                } else {
                    reply(exchange, 200, "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}");
                }
            }
            case "POST" -> reply(exchange, 201, path.endsWith("/selfsubjectrulesreviews") ? EVERYTHING_ALLOWED : new String(body, StandardCharsets.UTF_8));
            default -> reply(exchange, 200, new String(body, StandardCharsets.UTF_8));
        }
    }

    private static void reply(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }
}
