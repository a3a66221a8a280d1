package io.heapwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import picocli.CommandLine;

/** The three programs that a CI gate meets, and JVMs that run already: a leak, one that only looks like one, and one that cannot be judged. */
class CheckAndWatchTest {

    private static final String POLICY =
            """
            apiVersion: heapwarden.io/v1alpha1
            kind: MemoryPolicy
            metadata: {name: ci}
            spec:
              selector: {matchLabels: {app: shop}}
              sampling: {interval: 1s, histogram: {when: Periodic, minInterval: 1s, live: true}}
            """;

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    static Path directory;

    private static Path policy;

    /** What a run of a command came to. */
    private record Ran(int exitCode, String out, String err) {}

    @BeforeAll
    static void workloads() throws Exception {
        policy = Files.writeString(directory.resolve("policy.yaml"), POLICY);
        List<String> arguments = new ArrayList<>(List.of("-nowarn", "-d", directory.toString()));
        for (String source : List.of("Leak.java", "Sessions.java", "com/shop/Order.java", "com/shop/Session.java")) {
            arguments.add("src/test/workloads/" + source);
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    @Test
    void aLeakIsOneALookAlikeIsZeroACrashIsTwo() throws Exception {
        Path junit = directory.resolve("leak.xml");
        Path sarif = directory.resolve("leak.sarif");
        Path crashed = directory.resolve("crash.xml");
        ProcessHandle watched = orphan("Leak", "600");
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Ran> leak = all.submit(command(
                    "check",
                    "--fail-fast",
                    "--for",
                    "90s",
                    "--report",
                    "junit:" + junit,
                    "--report",
                    "sarif:" + sarif,
                    "--",
                    JAVA,
                    "-Xmx64m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    directory.toString(),
                    "Leak",
                    "600"));
            Future<Ran> lookAlike = all.submit(command(
                    "check",
                    "--for",
                    "55s",
                    "--",
                    JAVA,
                    "-Xmx64m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    directory.toString(),
                    "Sessions"));
            Future<Ran> crash = all.submit(command(
                    "check", "--report", "junit:" + crashed, "--", JAVA, "-cp", directory.toString(), "NoSuchProgram"));
            Future<Ran> watch = all.submit(
                    command("watch", "--fail-fast", "--for", "90s", "--label", "app=shop@" + directory + " Leak"));

            assertThat(crash.get().exitCode()).isEqualTo(2);
            assertThat(crash.get().out()).contains("could not judge");
            assertThat(testCase(crashed).getElementsByTagName("error").getLength())
                    .isOne();

            assertThat(leak.get().exitCode()).as(leak.get().out()).isOne();
            assertThat(leak.get().out()).contains("RetentionLeak", "com.shop.Order", "BROKEN");
            Element failure =
                    (Element) testCase(junit).getElementsByTagName("failure").item(0);
            assertThat(failure.getAttribute("message")).contains("com.shop.Order");
            JsonNode report = new ObjectMapper().readTree(Files.readString(sarif));
            assertThat(report.get("version").asText()).isEqualTo("2.1.0");
            assertThat(report.at("/runs/0/tool/driver/name").asText()).isNotEmpty();
            assertThat(report.at("/runs/0/results/0/message/text").asText()).contains("com.shop.Order");

            assertThat(watch.get().exitCode()).as(watch.get().out()).isOne();
            assertThat(watch.get().out()).contains("exhaustion", String.valueOf(watched.pid()), "RetentionLeak");

            assertThat(lookAlike.get().exitCode()).as(lookAlike.get().out()).isZero();
            assertThat(lookAlike.get().out()).contains("every objective is met");
        } finally {
            watched.destroyForcibly();
        }
    }

    @Test
    void aPolicyThatCannotBeUsedIsTwoAndSaysWhere() throws Exception {
        Path wrong = Files.writeString(directory.resolve("wrong.yaml"), POLICY.replace("interval: 1s", "interval: 0s"));

        Ran ran = ran("check", "-f", wrong.toString(), "--", JAVA, "-version");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("spec.sampling.interval");
    }

    private static Document testCase(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    /** A JVM that is not of this process: watch leaves out its own and what they started. */
    private static ProcessHandle orphan(String main, String argument) throws Exception {
        String command = "%s -Xmx64m -XX:+UseSerialGC -cp %s %s %s > /dev/null 2>&1 & echo $!"
                .formatted(JAVA, directory, main, argument);
        Process shell = new ProcessBuilder("sh", "-c", command).start();
        String pid = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(shell.waitFor()).isZero();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static Callable<Ran> command(String name, String... arguments) {
        List<String> all = new ArrayList<>(List.of(name, "-f", policy.toString()));
        all.addAll(List.of(arguments));
        return () -> ran(all.toArray(String[]::new));
    }

    private static Ran ran(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(HeapwardenCommand.class)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }
}
