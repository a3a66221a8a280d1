package io.heapwarden.probe;

import static io.heapwarden.probe.WatchedJvm.severity;
import static io.heapwarden.security.Severity.High;
import static io.heapwarden.security.Severity.Low;
import static io.heapwarden.security.Severity.Medium;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.security.jvm.JvmCheck;
import io.heapwarden.security.jvm.JvmFacts;
import io.heapwarden.security.jvm.JvmLook;
import io.heapwarden.security.jvm.PodExpectations;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents and attach, on real JVMs: what was there at the start and what came later. */
class SecurityOfAgentsTest {

    @TempDir
    Path directory;

    @Test
    void tellsAgentsOfTheStartFromThoseThatCameLater() throws Exception {
        Path agent = agent();
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of("-javaagent:" + agent + "=key=hunter2"))) {
            JvmFacts facts = jvm.facts();

            assertThat(severity(JvmCheck.AgentAtStart, first(facts))).isEqualTo(Low);
            assertThat(severity(JvmCheck.AgentLoadedLater, first(facts))).isNull();
            assertThat(facts.toString()).doesNotContain("hunter2");
            assertThat(severity(
                            JvmCheck.AgentAtStart,
                            JvmLook.first(facts, new PodExpectations(Set.of(), Set.of("agent.jar")), Instant.now())))
                    .isNull();
        }
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of())) {
            assertThat(jvm.severity(JvmCheck.AgentLoadedLater)).isNull();
            attach(jvm, agent);

            assertThat(jvm.severity(JvmCheck.AgentLoadedLater)).isEqualTo(High);
            assertThat(jvm.severity(JvmCheck.AgentAtStart)).isNull();
        }
    }

    @Test
    void findsANativeAgentThatCameSinceTheLastLook() throws Exception {
        Path library = WatchedJvm.built(
                outside().resolve("libheapwarden-test-agent.so"),
                "int Agent_OnAttach(void *vm, char *options, void *reserved) { return 0; }",
                "-shared",
                "-fPIC");
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of())) {
            JvmFacts before = jvm.facts();
            assertThat(severity(JvmCheck.AgentLoadedLater, first(jvm.facts()).after(before)))
                    .isNull();
            attach(jvm, library);

            assertThat(severity(JvmCheck.AgentLoadedLater, first(jvm.facts()).after(before)))
                    .isEqualTo(Medium);
        }
    }

    @Test
    void knowsTheJvmsOwnAttachSocketFromAForgedOne() throws Exception {
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of())) {
            Path socket = Path.of("/tmp/.java_pid" + jvm.process().pid());
            try (ServerSocketChannel forged = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                forged.bind(UnixDomainSocketAddress.of(socket));
                Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
                assertThat(jvm.severity(JvmCheck.AttachSocketForged)).isEqualTo(Medium);
            } finally {
                Files.deleteIfExists(socket);
            }
            jcmd(jvm, "VM.version");
            assertThat(jvm.facts().attachSocket()).isNotNull();
            assertThat(jvm.severity(JvmCheck.AttachSocketForged)).isNull();
        }
    }

    private static JvmLook first(JvmFacts facts) {
        return JvmLook.first(facts, PodExpectations.NONE, Instant.now());
    }

    private static void attach(WatchedJvm jvm, Path agent) throws Exception {
        jcmd(jvm, "JVMTI.agent_load", agent.toString());
    }

    private static void jcmd(WatchedJvm jvm, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                JavaHomes.any().resolve("bin/jcmd").toString(),
                String.valueOf(jvm.process().pid())));
        command.addAll(Arrays.asList(words));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    /** A directory that is not a temporary one. */
    private static Path outside() throws IOException {
        return Files.createDirectories(Path.of("target", "suspects").toAbsolutePath());
    }

    private Path agent() throws Exception {
        Path classes = WatchedJvm.compiled(
                directory,
                "Agent",
                """
                public class Agent {
                    public static void premain(String options) {}

                    public static void agentmain(String options) {}
                }
                """);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", "Agent");
        manifest.getMainAttributes().putValue("Agent-Class", "Agent");
        Path jar = directory.resolve("agent.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("Agent.class"));
            out.write(Files.readAllBytes(classes.resolve("Agent.class")));
        }
        return jar;
    }
}
