package io.heapwarden.evidence.heapdump;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/** A real JVM that holds a secret, and its heap dump. */
final class DumpedJvm {

    private static final Path PROGRAM = Path.of("src/test/resources/heapdump/Holder.java");
    private static final int TIME_OUT_SECONDS = 120;

    private DumpedJvm() {}

    /** Starts it, has it dumped as the operator would, and ends it. */
    static Path dump(Path home, String collector, String secret, Path directory) throws Exception {
        compile(directory);
        Path dump = directory.resolve("plain.hprof");
        Path errors = directory.resolve("errors");
        Process jvm = new ProcessBuilder(
                        home.resolve("bin/java").toString(), "-XX:+Use" + collector, "-Xmx96m", "-cp", ".", "Holder")
                .directory(directory.toFile())
                .redirectError(errors.toFile())
                .start();
        try (DataOutputStream input = new DataOutputStream(jvm.getOutputStream());
                BufferedReader output = jvm.inputReader()) {
            input.writeUTF(secret);
            input.flush();
            if (!"ready".equals(output.readLine())) {
                throw new IllegalStateException(home + " " + collector + ": " + Files.readString(errors));
            }
            jcmd(home, jvm.pid(), dump, directory);
        } finally {
            jvm.destroyForcibly().waitFor();
        }
        return dump;
    }

    private static void jcmd(Path home, long pid, Path dump, Path directory) throws Exception {
        Path answer = directory.resolve("jcmd");
        Process jcmd = new ProcessBuilder(
                        home.resolve("bin/jcmd").toString(), Long.toString(pid), "GC.heap_dump", dump.toString())
                .redirectErrorStream(true)
                .redirectOutput(answer.toFile())
                .start();
        if (!jcmd.waitFor(TIME_OUT_SECONDS, SECONDS) || jcmd.exitValue() != 0 || !Files.exists(dump)) {
            jcmd.destroyForcibly();
            throw new IllegalStateException("no heap dump: " + Files.readString(answer));
        }
    }

    /** By the oldest release that a JDK under test may have. */
    private static void compile(Path directory) throws IOException {
        List<String> arguments = List.of("--release", "11", "-d", directory.toString(), PROGRAM.toString());
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new IOException("the test program does not compile");
        }
    }
}
