package io.heapwarden.probe.metrics;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A JVM of its own that publishes its metrics with one of the libraries people use, under src/test/exporters. */
final class ExposingJvm implements AutoCloseable {

    private static final Path LIBRARIES = Path.of("target/exporters").toAbsolutePath();
    private static final Path PROGRAMS = Path.of("src/test/exporters");

    /** A library, and how a program publishes with it. */
    enum Exporter {
        Micrometer("/actuator/prometheus"),
        ClientJava("/metrics"),
        JmxExporter("/metrics"),
        OldJmxExporter("/metrics"),
        OpenTelemetry("/metrics");

        private final String path;

        Exporter(String path) {
            this.path = path;
        }

        private List<String> command(Path classes, int port, List<String> arguments) throws IOException {
            String classPath = classes + ":" + libraries();
            List<String> command = new ArrayList<>();
            switch (this) {
                case Micrometer -> command.addAll(List.of("-cp", classPath, "MicrometerPage"));
                case ClientJava -> command.addAll(List.of("-cp", classPath, "ClientJavaPage"));
                case JmxExporter, OldJmxExporter -> {
                    Path rules = Files.writeString(classes.resolve("rules.yaml"), "rules: []\n");
                    Path agent = library("jmx_prometheus_javaagent-" + (this == JmxExporter ? "1." : "0."));
                    command.addAll(List.of(
                            "-javaagent:" + agent + "=127.0.0.1:" + port + ":" + rules,
                            "-cp",
                            classes.toString(),
                            "Load"));
                }
                case OpenTelemetry ->
                    command.addAll(List.of(
                            "-javaagent:" + library("opentelemetry-javaagent"),
                            "-Dotel.metrics.exporter=prometheus",
                            "-Dotel.traces.exporter=none",
                            "-Dotel.logs.exporter=none",
                            "-Dotel.exporter.prometheus.host=127.0.0.1",
                            "-Dotel.exporter.prometheus.port=" + port,
                            "-cp",
                            classes.toString(),
                            "Load"));
            }
            command.add(String.valueOf(port));
            command.addAll(arguments);
            return command;
        }
    }

    private final Process process;
    private final URI page;

    private ExposingJvm(Process process, URI page) {
        this.process = process;
        this.page = page;
    }

    /** Starts one; {@code arguments} are the program's own. */
    static ExposingJvm start(Path home, Path classes, Exporter exporter, List<String> options, String... arguments)
            throws Exception {
        compile(classes);
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString()));
        command.addAll(options);
        command.addAll(exporter.command(classes, freePort(), Arrays.asList(arguments)));
        Process process = new ProcessBuilder(command)
                .redirectError(classes.resolve("stderr.txt").toFile())
                .start();
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> drain(process, port));
        try {
            return new ExposingJvm(
                    process, URI.create("http://127.0.0.1:" + port.get(90, TimeUnit.SECONDS) + exporter.path));
        } catch (Exception failed) {
            process.destroyForcibly();
            throw new IllegalStateException(Files.readString(classes.resolve("stderr.txt")), failed);
        }
    }

    long pid() {
        return process.pid();
    }

    ScrapeAddress address() {
        return new ScrapeAddress(List.of(page), "the test's");
    }

    URI page() {
        return page;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static void drain(Process process, CompletableFuture<Integer> port) {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("ready ")) {
                    port.complete(Integer.valueOf(line.split(" ")[1]));
                }
            }
        } catch (IOException ended) {
            port.completeExceptionally(ended);
        }
        port.completeExceptionally(new IOException("it ended before it was ready"));
    }

    private static synchronized void compile(Path classes) throws IOException {
        if (Files.exists(classes.resolve("Load.class"))) {
            return;
        }
        List<String> arguments =
                new ArrayList<>(List.of("--release", "17", "-cp", libraries(), "-d", classes.toString()));
        try (Stream<Path> programs = Files.list(PROGRAMS)) {
            programs.map(Path::toString).forEach(arguments::add);
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalStateException("the programs under " + PROGRAMS + " do not compile");
        }
    }

    private static String libraries() throws IOException {
        try (Stream<Path> jars = Files.list(LIBRARIES)) {
            return String.join(
                    ":",
                    jars.map(Path::toString)
                            .filter(jar -> !jar.contains("agent"))
                            .sorted()
                            .toList());
        }
    }

    private static Path library(String prefix) throws IOException {
        try (Stream<Path> jars = Files.list(LIBRARIES)) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
