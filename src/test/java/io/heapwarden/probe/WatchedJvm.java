package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heapwarden.security.Observation;
import io.heapwarden.security.Severity;
import io.heapwarden.security.jvm.JvmCheck;
import io.heapwarden.security.jvm.JvmFacts;
import io.heapwarden.security.jvm.JvmLook;
import io.heapwarden.security.jvm.PodExpectations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A JVM that does one thing that a security check finds, and what the checks say of it. */
final class WatchedJvm implements AutoCloseable {

    private static final String PROGRAM =
            """
            import java.net.ServerSocket;
            import java.nio.file.Files;
            import java.nio.file.Path;
            import java.util.Arrays;

            public class Suspect {
                static ServerSocket open;

                public static void main(String[] words) throws Exception {
                    switch (words.length == 0 ? "" : words[0]) {
                        case "start" -> new ProcessBuilder(Arrays.asList(words).subList(1, words.length)).start();
                        case "load" -> System.load(words[1]);
                        case "load-and-delete" -> {
                            System.load(words[1]);
                            Files.delete(Path.of(words[1]));
                        }
                        case "open-and-delete" -> {
                            open = null;
                            var file = new java.util.zip.ZipFile(words[1]);
                            Files.delete(Path.of(words[1]));
                            System.out.println(file.size());
                        }
                        case "listen" -> open = new ServerSocket(Integer.parseInt(words[1]));
                        case "listen-when" -> new Thread(() -> {
                                    try {
                                        while (Files.notExists(Path.of(words[1]))) {
                                            Thread.sleep(20);
                                        }
                                        open = new ServerSocket(0);
                                    } catch (Exception e) {
                                        e.printStackTrace();
                                    }
                                })
                                .start();
                        default -> {}
                    }
                    System.out.println("ready");
                    System.in.read();
                }
            }
            """;

    private final LiveProcess process;

    private WatchedJvm(LiveProcess process) {
        this.process = process;
    }

    /** The program with these options, and what it is to do. */
    static WatchedJvm of(Path directory, List<String> options, String... words) throws Exception {
        return of(JavaHomes.any(), directory, options, words);
    }

    static WatchedJvm of(Path home, Path directory, List<String> options, String... words) throws Exception {
        return new WatchedJvm(LiveProcess.awaited(command(home, directory, options, words), Map.of()));
    }

    static WatchedJvm by(List<String> command, Map<String, String> environment) throws Exception {
        return new WatchedJvm(LiveProcess.awaited(command, environment));
    }

    static List<String> command(Path home, Path directory, List<String> options, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString(), "-Xmx64m"));
        command.addAll(options);
        command.addAll(List.of("-cp", compiled(directory).toString(), "Suspect"));
        command.addAll(List.of(words));
        return command;
    }

    private static Path compiled(Path directory) throws IOException {
        if (!Files.exists(directory.resolve("Suspect.class"))) {
            Path source = Files.writeString(directory.resolve("Suspect.java"), PROGRAM);
            assertThat(ToolProvider.getSystemJavaCompiler()
                            .run(null, null, null, "--release", "17", "-d", directory.toString(), source.toString()))
                    .isZero();
        }
        return directory;
    }

    /** Compiles a class, for Java 8 as well, and gives the class path. */
    static Path compiled(Path directory, String name, String text) throws Exception {
        Path source = Files.writeString(directory.resolve(name.substring(name.lastIndexOf('.') + 1) + ".java"), text);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "--release",
                                "8",
                                "-Xlint:-options",
                                "-d",
                                directory.toString(),
                                source.toString()))
                .isZero();
        return directory;
    }

    /** Makes a library or a program of C; the test is skipped without a compiler. */
    static Path built(Path file, String source, String... options) throws Exception {
        Path text = Files.writeString(file.resolveSibling(file.getFileName() + ".c"), source);
        List<String> command = new ArrayList<>(List.of("gcc", "-o", file.toString(), text.toString()));
        command.addAll(List.of(options));
        assumeTrue(onPath("gcc") != null, "gcc is not installed");
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return file;
    }

    static Path onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(part -> Path.of(part, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    LiveProcess process() {
        return process;
    }

    JvmFacts facts() {
        return facts(new LocalProcessRunner());
    }

    JvmFacts facts(CommandRunner runner) {
        Clock clock = Clock.systemUTC();
        ContainerSecurityLook look = new ContainerSecurityLook(
                runner, ProbeLimits.DEFAULTS, new SafetyBudget(clock, ProbeLimits.DEFAULTS, PauseLimits.DEFAULTS));
        return Shells.success(look.look(process.target()));
    }

    /** How bad a check finds it; null where it finds nothing. */
    Severity severity(JvmCheck check) {
        return severity(check, JvmLook.first(facts(), PodExpectations.NONE, Instant.now()));
    }

    static Severity severity(JvmCheck check, JvmLook look) {
        return check.observe(look, "app").stream()
                .map(Observation::severity)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() {
        ProcessHandle.of(process.pid()).ifPresent(jvm -> jvm.descendants().forEach(ProcessHandle::destroyForcibly));
        process.close();
    }
}
