package io.heapwarden.probe;

import static io.heapwarden.probe.WatchedJvm.severity;
import static io.heapwarden.security.Severity.Critical;
import static io.heapwarden.security.Severity.High;
import static io.heapwarden.security.Severity.Low;
import static io.heapwarden.security.Severity.Medium;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.security.Severity;
import io.heapwarden.security.jvm.JdkBaseline;
import io.heapwarden.security.jvm.JvmCheck;
import io.heapwarden.security.jvm.JvmFacts;
import io.heapwarden.security.jvm.JvmLook;
import io.heapwarden.security.jvm.PodExpectations;
import io.heapwarden.security.jvm.VulnerableClasses;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The security checks against real JVMs, each with one that shows what it looks for and one that does not. */
class SecurityLookTest {

    private static final String JMX = "-Dcom.sun.management.jmxremote.";

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.heapwarden.probe.JavaHomes#withOldOnes")
    void readsEveryJdk(Path home) throws Exception {
        try (WatchedJvm jvm = WatchedJvm.by(
                List.of(
                        home.resolve("bin/java").toString(),
                        "-Xmx64m",
                        "-cp",
                        oldProgram().toString(),
                        "Old"),
                Map.of())) {
            JvmFacts facts = jvm.facts();

            assertThat(facts.pid()).isEqualTo(jvm.process().pid());
            assertThat(facts.java().version()).isNotNull();
            assertThat(facts.java().home()).isEqualTo(javaHome(home));
            assertThat(facts.options().whole()).isTrue();
            assertThat(facts.code()).anySatisfy(code -> assertThat(code.path()).endsWith("/libjvm.so"));
            assertThat(facts.rights().uid()).isNotNull();
            assertThat(severity(JvmCheck.CodeFromDeletedFile, first(facts))).isNull();
            assertThat(severity(JvmCheck.AgentLoadedLater, first(facts))).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"*:0, Critical", "localhost:0, Medium"})
    void findsAnOpenDebugPort(String address, Severity expected) throws Exception {
        try (WatchedJvm jvm = WatchedJvm.of(
                directory, List.of("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=" + address))) {
            assertThat(jvm.severity(JvmCheck.DebugPortOpen)).isEqualTo(expected);
            assertThat(jvm.severity(JvmCheck.AgentAtStart)).isNull();
        }
    }

    @Test
    void findsADebuggerOfTheEnvironmentAndNoneWhereThereIsNone() throws Exception {
        try (WatchedJvm jvm = WatchedJvm.by(
                WatchedJvm.command(JavaHomes.any(), directory, List.of()),
                Map.of("JAVA_TOOL_OPTIONS", "-Da='b c' -agentlib:jdwp=transport=dt_socket,server=y,suspend=n"))) {
            assertThat(jvm.severity(JvmCheck.DebugPortOpen)).isEqualTo(Medium);
        }
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of())) {
            assertThat(jvm.severity(JvmCheck.DebugPortOpen)).isNull();
        }
    }

    @Test
    void findsJmxThatAsksForNothing() throws Exception {
        int port = freePort();
        try (WatchedJvm jvm = WatchedJvm.of(
                directory, List.of(JMX + "port=" + port, JMX + "authenticate=false", JMX + "ssl=false"))) {
            JvmLook look = first(jvm.facts());

            assertThat(severity(JvmCheck.JmxWithoutAuthentication, look)).isEqualTo(Critical);
            assertThat(severity(JvmCheck.JmxWithoutTls, look)).isEqualTo(Medium);
            assertThat(severity(JvmCheck.NoDeserialisationFilter, look)).isEqualTo(Medium);
        }
    }

    @Test
    void findsNothingInJmxThatIsLocalOrFiltered() throws Exception {
        int port = freePort();
        try (WatchedJvm jvm = WatchedJvm.of(
                directory,
                List.of(
                        JMX + "port=" + port,
                        JMX + "host=127.0.0.1",
                        JMX + "authenticate=false",
                        JMX + "ssl=false",
                        "-Djdk.serialFilter=java.**;!*"))) {
            JvmLook look = first(jvm.facts());

            assertThat(severity(JvmCheck.JmxWithoutAuthentication, look)).isEqualTo(Medium);
            assertThat(severity(JvmCheck.JmxWithoutTls, look)).isEqualTo(Low);
            assertThat(severity(JvmCheck.NoDeserialisationFilter, look)).isNull();
        }
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of("-Dcom.sun.management.jmxremote"))) {
            assertThat(jvm.severity(JvmCheck.JmxWithoutAuthentication)).isNull();
        }
    }

    @Test
    void findsPortsThatAreNotDeclared() throws Exception {
        int port = freePort();
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of(), "listen", String.valueOf(port))) {
            JvmFacts facts = jvm.facts();

            assertThat(severity(JvmCheck.UndeclaredPort, first(facts))).isEqualTo(Low);
            assertThat(severity(
                            JvmCheck.UndeclaredPort,
                            JvmLook.first(facts, new PodExpectations(Set.of(port), Set.of()), Instant.now())))
                    .isNull();
        }
    }

    @Test
    void judgesTheJdkByItsVersion() throws Exception {
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of())) {
            JvmFacts facts = jvm.facts();
            Properties table = new Properties();
            String feature = JavaHomes.featureVersion(JavaHomes.any());
            table.putAll(Map.of("date", "2026-01-01", feature, "ended 2026-01-01"));

            assertThat(severity(JvmCheck.JdkOutdated, by(facts, table))).isEqualTo(High);
            String version = facts.java().version();
            table.put(feature, version + " 2020-01-01 " + version);
            assertThat(severity(JvmCheck.JdkOutdated, by(facts, table))).isNull();
        }
    }

    private static JvmLook by(JvmFacts facts, Properties table) {
        return new JvmLook(facts, null, PodExpectations.NONE, List.of(), JdkBaseline.of(table), Instant.now());
    }

    @Test
    void findsClassesOfVulnerableLibrariesInAHistogram() throws Exception {
        String name = "org.apache.logging.log4j.core.lookup.JndiLookup";
        try (WatchedJvm jvm = WatchedJvm.by(
                List.of(
                        JavaHomes.any().resolve("bin/java").toString(),
                        "-Xmx64m",
                        "-cp",
                        WatchedJvm.compiled(
                                        directory,
                                        name,
                                        """
                                        package org.apache.logging.log4j.core.lookup;

                                        public class JndiLookup {
                                            static final JndiLookup ONE = new JndiLookup();

                                            public static void main(String[] words) throws Exception {
                                                System.out.println("ready");
                                                System.in.read();
                                            }
                                        }
                                        """)
                                .toString(),
                        name),
                Map.of())) {
            assertThat(vulnerable(jvm)).isEqualTo(Critical);
        }
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of())) {
            assertThat(vulnerable(jvm)).isNull();
        }
    }

    private static Severity vulnerable(WatchedJvm jvm) {
        ContainerProbe probe = new ContainerProbe(new LocalProcessRunner(), Clock.systemUTC(), ProbeLimits.DEFAULTS);
        JvmReading reading = Shells.success(probe.counters(jvm.process().target()));
        return severity(
                JvmCheck.VulnerableLibrary,
                first(jvm.facts())
                        .with(VulnerableClasses.shipped()
                                .in(Shells.success(probe.histogram(
                                        jvm.process().target(), reading, false, Duration.ofSeconds(20))))));
    }

    private static JvmLook first(JvmFacts facts) {
        return JvmLook.first(facts, PodExpectations.NONE, Instant.now());
    }

    /** For Java 8 as well. */
    private Path oldProgram() throws Exception {
        return WatchedJvm.compiled(
                directory,
                "Old",
                "public class Old { public static void main(String[] a) throws Exception { System.out.println(\"ready\"); System.in.read(); } }");
    }

    private static String javaHome(Path home) throws IOException {
        Path real = home.toRealPath();
        return Files.isDirectory(real.resolve("jre/lib")) ? real.resolve("jre").toString() : real.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
