package io.heapwarden.probe;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;

/** A process to be probed, ended with the test. */
public final class LiveProcess implements AutoCloseable {

    private static final String PROGRAM =
            """
            import java.util.ArrayList;
            import java.util.List;

            public class Idle {
                static final class Order {}

                static final List<Order> ORDERS = new ArrayList<>();

                public static void main(String[] arguments) throws Exception {
                    for (int i = 0; i < 1000; i++) {
                        ORDERS.add(new Order());
                    }
                    System.gc();
                    System.out.println("ready");
                    System.in.read();
                }
            }
            """;

    /** Attach leaves its files where the process stands. */
    private static final File TEMPORARY = new File(System.getProperty("java.io.tmpdir"));

    private final Process process;
    private final List<String> lines = new ArrayList<>();

    private LiveProcess(Process process) {
        this.process = process;
    }

    /** A JVM that holds a thousand orders and has collected once. */
    public static LiveProcess jvm(Path home, Path directory, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString(), "-Xmx64m"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", compiled(directory).toString(), "Idle"));
        return awaited(command, Map.of());
    }

    /** A JVM started by a command of one's own, such as one that changes the user. */
    public static LiveProcess awaited(List<String> command, Map<String, String> environment) throws Exception {
        LiveProcess live = start(command, environment);
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> live.drain(ready));
        ready.get(60, TimeUnit.SECONDS);
        return live;
    }

    public static LiveProcess start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(TEMPORARY).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new LiveProcess(builder.start());
    }

    public static Path compiled(Path directory) throws IOException {
        Path source = directory.resolve("Idle.java");
        if (!Files.exists(directory.resolve("Idle.class"))) {
            Files.writeString(source, PROGRAM);
            int result = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "--release", "17", "-d", directory.toString(), source.toString());
            if (result != 0) {
                throw new IllegalStateException("the test program does not compile");
            }
        }
        return directory;
    }

    public Target target() {
        return LocalProcessRunner.target(process.pid());
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** What it has written, a thread dump included if there was one. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Sends it a signal, by its name without SIG. */
    public void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    private void drain(CompletableFuture<Void> ready) {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (this) {
                    lines.add(line);
                }
                if (line.equals("ready")) {
                    ready.complete(null);
                }
            }
        } catch (IOException e) {
            // It was ended.
        }
        ready.completeExceptionally(new IllegalStateException("ended before it was ready: " + lines()));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        new File(TEMPORARY, ".attach_pid" + process.pid()).delete();
    }
}
