package io.heapwarden.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An operator of this checkout as a process of this machine, so that a test can end it at the very step it wants. Its output is in target/faults. */
final class OperatorProcess implements AutoCloseable {

    private static final Path LOGS = Path.of("target", "faults");
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final Process process;

    /**
     * @param proxy the way to the API server
     * @param name whom the lease names
     * @param lease namespace of the lease; two operators with different ones both lead
     * @param watched the one namespace it works in
     * @param settings more environment variables
     */
    OperatorProcess(ApiProxy proxy, String name, String lease, String watched, Map<String, String> settings) {
        try {
            Files.createDirectories(LOGS);
            int number = STARTED.incrementAndGet();
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx160m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    "target/quarkus-app/quarkus-run.jar",
                    "operator");
            builder.environment()
                    .putAll(Map.of(
                            "KUBECONFIG",
                            proxy.kubeconfig(LOGS.resolve(watched + "-" + name + ".kubeconfig"))
                                    .toString(),
                            "HEAPWARDEN_POD_NAME",
                            name,
                            "HEAPWARDEN_POD_NAMESPACE",
                            lease,
                            "HEAPWARDEN_NAMESPACES",
                            watched,
                            "QUARKUS_OPERATOR_SDK_CONTROLLERS_MEMORYPOLICY_NAMESPACES",
                            watched,
                            "HEAPWARDEN_RESTARTS_BETWEEN",
                            "1s",
                            "QUARKUS_HTTP_PORT",
                            "0",
                            "QUARKUS_HTTP_HOST",
                            "127.0.0.1"));
            builder.environment().putAll(settings);
            builder.redirectErrorStream(true)
                    .redirectOutput(LOGS.resolve("%s-%s-%03d.log".formatted(watched, name, number))
                            .toFile());
            process = builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    boolean runs() {
        return process.isAlive();
    }

    /** Ends it as a failing node would: no last words. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
