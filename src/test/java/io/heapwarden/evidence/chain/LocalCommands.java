package io.heapwarden.evidence.chain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A JVM of this machine, asked by the jcmd of its own JDK. */
final class LocalCommands implements JvmCommands {

    private final Path home;
    private final long pid;
    private final List<String> sent = new ArrayList<>();

    LocalCommands(Path home, long pid) {
        this.home = home;
        this.pid = pid;
    }

    /** What was sent, in order. */
    List<String> sent() {
        return List.copyOf(sent);
    }

    @Override
    public String diagnosticCommand(String command, Duration limit) throws IOException {
        sent.add(command);
        Process jcmd = new ProcessBuilder(
                        home.resolve("bin/jcmd").toString(),
                        "-J-Xmx16m",
                        "-J-XX:+UseSerialGC",
                        Long.toString(pid),
                        command)
                .redirectErrorStream(true)
                .start();
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
            try (InputStream output = jcmd.getInputStream()) {
                return new String(output.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            jcmd.destroyForcibly();
            throw new IOException("no answer to " + command, e);
        }
    }

    @Override
    public long fileSize(String path) throws IOException {
        return Files.size(Path.of(path));
    }

    @Override
    public InputStream read(String path, long limit) throws IOException {
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            return new ByteArrayInputStream(file.readNBytes((int) limit));
        }
    }

    @Override
    public void remove(String path) throws IOException {
        Files.deleteIfExists(Path.of(path));
    }
}
