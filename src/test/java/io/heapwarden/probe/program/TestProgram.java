package io.heapwarden.probe.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** Programs for test JVMs, each one class. */
enum TestProgram {
    /** Has some ten thousand classes of one object each, so that its histogram fits neither a pipe nor a socket. */
    Wide(
            """
            import java.lang.invoke.MethodHandles;
            import java.util.ArrayList;
            import java.util.List;

            public class Wide {
                static final class CellWithALongNameSoThatEachRowOfTheHistogramTakesManyBytes {}

                static final List<Object> CELLS = new ArrayList<>();

                public static void main(String[] arguments) throws Exception {
                    byte[] cell = Wide.class.getResourceAsStream("Wide$CellWithALongNameSoThatEachRowOfTheHistogramTakesManyBytes.class")
                            .readAllBytes();
                    for (int i = 0; i < 10_000; i++) {
                        Class<?> type = MethodHandles.lookup().defineHiddenClass(cell, false).lookupClass();
                        var constructor = type.getDeclaredConstructor();
                        constructor.setAccessible(true);
                        CELLS.add(constructor.newInstance());
                    }
                    System.out.println("ready");
                    System.in.read();
                }
            }
            """),
    /** Listens at its own attach socket, or at another process's, and answers what no JVM would. */
    FakeAttach(
            """
            import java.net.StandardProtocolFamily;
            import java.net.UnixDomainSocketAddress;
            import java.nio.ByteBuffer;
            import java.nio.channels.ServerSocketChannel;
            import java.nio.channels.SocketChannel;
            import java.nio.charset.StandardCharsets;
            import java.nio.file.Path;

            public class FakeAttach {
                public static void main(String[] arguments) throws Exception {
                    String pid = arguments.length > 1 ? arguments[1] : String.valueOf(ProcessHandle.current().pid());
                    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                    server.bind(UnixDomainSocketAddress.of(Path.of("/tmp/.java_pid" + pid)));
                    System.out.println("ready");
                    while (true) {
                        try (SocketChannel client = server.accept()) {
                            client.read(ByteBuffer.allocate(1000));
                            answer(arguments[0], client);
                        } catch (java.io.IOException e) {
                            // It had enough.
                        }
                    }
                }

                private static void answer(String kind, SocketChannel client) throws Exception {
                    switch (kind) {
                        case "closed" -> {}
                        case "silent" -> Thread.sleep(60_000);
                        case "half-a-code" -> say(client, "10");
                        case "garbled" -> say(client, "HTTP/1.1 400 Bad Request\\r\\n");
                        case "long-code" -> say(client, "0".repeat(1000) + "\\n");
                        case "endless" -> {
                            say(client, "0\\n");
                            while (true) {
                                say(client, "y".repeat(10_000));
                            }
                        }
                        case "dripping" -> {
                            say(client, "0\\n");
                            while (true) {
                                say(client, "y");
                                Thread.sleep(100);
                            }
                        }
                        case "kills-itself" -> {
                            say(client, "0\\n num     #instances");
                            Runtime.getRuntime().halt(9);
                        }
                        default -> throw new IllegalArgumentException(kind);
                    }
                }

                private static void say(SocketChannel client, String words) throws Exception {
                    ByteBuffer bytes = ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8));
                    while (bytes.hasRemaining()) {
                        client.write(bytes);
                    }
                }
            }
            """);

    private final String source;

    TestProgram(String source) {
        this.source = source;
    }

    /** Compiles it into a directory, for every JDK from 17 on. */
    Path compiledIn(Path directory) throws IOException {
        Path file = directory.resolve(name() + ".java");
        if (!Files.exists(directory.resolve(name() + ".class"))) {
            Files.writeString(file, source);
            int result = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "--release", "17", "-d", directory.toString(), file.toString());
            if (result != 0) {
                throw new IllegalStateException(this + " does not compile");
            }
        }
        return directory;
    }
}
