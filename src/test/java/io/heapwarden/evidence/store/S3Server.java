package io.heapwarden.evidence.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** A real server that speaks S3, as a process on loopback, with one bucket. */
final class S3Server implements AutoCloseable {

    static final String BUCKET = "evidence";
    static final String REGION = "eu-central-1";
    static final String ID = "operator";

    private static final String SECRET = "a-secret-of-the-test";
    private static final int NO_GO = 77;
    private static final int BUILD_MINUTES = 15;

    private final Process process;
    private final URI address;
    private final Path credentials;

    private S3Server(Process process, URI address, Path credentials) {
        this.process = process;
        this.address = address;
        this.credentials = credentials;
    }

    static S3Server start(Path directory) throws Exception {
        Path objects = Files.createDirectories(directory.resolve("objects"));
        Path metadata = Files.createDirectories(directory.resolve("metadata"));
        int port = freePort();
        Process process = new ProcessBuilder(
                        program(),
                        "--access",
                        ID,
                        "--secret",
                        SECRET,
                        "--region",
                        REGION,
                        "--port",
                        "127.0.0.1:" + port,
                        "--quiet",
                        "posix",
                        "--sidecar",
                        metadata.toString(),
                        objects.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile())
                .start();
        Path credentials = credentials(directory.resolve("credentials"), ID, SECRET);
        S3Server server = new S3Server(process, URI.create("http://127.0.0.1:" + port), credentials);
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> listens(port));
            try (S3Client client = server.client()) {
                client.createBucket(request -> request.bucket(BUCKET));
            }
        } catch (Throwable failure) {
            server.close();
            throw failure;
        }
        return server;
    }

    /** Builds it when it is not in the cache. */
    private static String program() throws Exception {
        Process build = new ProcessBuilder("src/test/scripts/s3-server.sh")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String path = new String(build.getInputStream().readAllBytes()).strip();
        assertThat(build.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)).isTrue();
        assumeTrue(build.exitValue() != NO_GO, "no Go to build a server that speaks S3");
        assertThat(build.exitValue())
                .as("exit code of src/test/scripts/s3-server.sh")
                .isZero();
        return path;
    }

    static Path credentials(Path directory, String id, String secret) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("accessKeyId"), id + "\n");
        Files.writeString(directory.resolve("secretAccessKey"), secret + "\n");
        return directory;
    }

    /** Settings with which it works. */
    S3Settings settings() {
        return S3Settings.of(BUCKET, REGION).at(address).with(credentials);
    }

    /** A client beside the store, to see what is there. */
    S3Client client() {
        return S3Clients.client(settings(), StaticCredentialsProvider.create(AwsBasicCredentials.create(ID, SECRET)));
    }

    List<String> keys() {
        try (S3Client client = client()) {
            return client.listObjectsV2(request -> request.bucket(BUCKET)).contents().stream()
                    .map(object -> object.key())
                    .sorted()
                    .toList();
        }
    }

    int unfinishedUploads() {
        try (S3Client client = client()) {
            return client.listMultipartUploads(request -> request.bucket(BUCKET))
                    .uploads()
                    .size();
        }
    }

    byte[] object(String key) {
        try (S3Client client = client()) {
            return client.getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                    .asByteArray();
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** SIGSTOP: connections stay and are accepted, and nothing is answered. */
    void stop() throws Exception {
        signal("STOP");
    }

    void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
