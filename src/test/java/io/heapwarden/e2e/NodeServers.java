package io.heapwarden.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3 server and a real Alertmanager on the address of the test cluster's node, where its pods reach them. */
final class NodeServers implements AutoCloseable {

    static final String ADDRESS = "10.240.0.1";
    static final int S3_PORT = 17070;
    static final int ALERTMANAGER_PORT = 19093;
    static final String ACCESS_KEY = "operator";
    static final String SECRET_KEY = "a-secret-of-the-test";
    static final String BUCKET = "evidence";

    private static final int BUILD_MINUTES = 25;

    private final List<Process> processes = new ArrayList<>();
    private volatile @Nullable Process s3;
    private final Path scratch;
    private final HttpClient http = HttpClient.newHttpClient();

    NodeServers(Path scratch) {
        this.scratch = scratch;
    }

    /** With one bucket. */
    void startS3() throws Exception {
        Files.createDirectories(scratch.resolve("objects"));
        Files.createDirectories(scratch.resolve("metadata"));
        startS3Again();
        createBucket();
    }

    /** SIGKILL, in the middle of whatever it does. */
    void killS3() {
        Process running = s3;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    /** With what it kept before. */
    void startS3Again() throws Exception {
        s3 = start(
                S3_PORT,
                program("src/test/scripts/s3-server.sh"),
                "--access",
                ACCESS_KEY,
                "--secret",
                SECRET_KEY,
                "--region",
                "us-east-1",
                "--port",
                ADDRESS + ":" + S3_PORT,
                "--quiet",
                "posix",
                "--sidecar",
                scratch.resolve("metadata").toString(),
                scratch.resolve("objects").toString());
    }

    private static void createBucket() {
        try (S3Client client = S3Client.builder()
                .endpointOverride(URI.create("http://" + ADDRESS + ":" + S3_PORT))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            client.createBucket(request -> request.bucket(BUCKET));
        }
    }

    void startAlertmanager() throws Exception {
        Path configuration = Files.writeString(
                scratch.resolve("alertmanager.yml"), "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
        start(
                ALERTMANAGER_PORT,
                program("src/test/scripts/alertmanager.sh"),
                "--config.file=" + configuration,
                "--storage.path=" + scratch.resolve("alerts"),
                "--web.listen-address=" + ADDRESS + ":" + ALERTMANAGER_PORT,
                "--cluster.listen-address=");
    }

    /** Files in the bucket whose name ends so. */
    List<Path> objects(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(scratch.resolve("objects").resolve(BUCKET))) {
            return files.filter(
                            file -> Files.isRegularFile(file) && file.toString().endsWith(suffix))
                    .toList();
        }
    }

    /** Alerts that fire now. */
    JsonNode alerts() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + ADDRESS + ":" + ALERTMANAGER_PORT + "/api/v2/alerts?active=true"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return new ObjectMapper()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }

    private Process start(int port, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        scratch.resolve(port + ".log").toFile()))
                .start();
        processes.add(process);
        await().atMost(Duration.ofSeconds(60)).until(() -> listens(port));
        return process;
    }

    static boolean listens(int port) {
        try (Socket socket = new Socket(ADDRESS, port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Built when it is not in the cache. */
    private static String program(String script) throws Exception {
        Process build = new ProcessBuilder(script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String path =
                new String(build.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
        assertThat(build.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)).isTrue();
        assertThat(build.exitValue()).as("exit code of " + script).isZero();
        return path;
    }
}
