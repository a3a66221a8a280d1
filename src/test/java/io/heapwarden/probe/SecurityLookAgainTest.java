package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapwarden.jvm.Collector;
import io.heapwarden.probe.ProbeResult.Success;
import io.heapwarden.security.jvm.JvmFacts;
import io.heapwarden.security.jvm.JvmFacts.Java;
import io.heapwarden.security.jvm.JvmFacts.ListeningSocket;
import io.heapwarden.security.jvm.JvmFacts.Owner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A look that goes by an earlier one sees what has changed, and does not ask again for what cannot have. */
class SecurityLookAgainTest {

    @TempDir
    Path directory;

    private String said = "";

    @Test
    void seesTheSameAsOneThatSeesEverything() throws Exception {
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of("-Dx=true"), "listen", "0")) {
            JvmFacts whole = look(jvm, null);

            JvmFacts again = look(jvm, whole);

            assertThat(said).contains("release\nsame\n", "options\nsame\n");
            assertThat(again.options()).isEqualTo(whole.options());
            assertThat(again.java()).isEqualTo(whole.java());
            assertThat(again.code()).isEqualTo(whole.code());
            assertThat(ofJvm(again)).isEqualTo(ofJvm(whole)).hasSize(1);
        }
    }

    @Test
    void seesAPortThatWasOpenedSince() throws Exception {
        Path now = directory.resolve("now");
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of(), "listen-when", now.toString())) {
            JvmFacts before = look(jvm, null);
            assertThat(ofJvm(before)).isEmpty();

            Files.createFile(now);

            // The network is that of the machine, where another port may be closed just now.
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(ofJvm(look(jvm, before))).hasSize(1));
        }
    }

    @Test
    void goesByNothingOfAnotherLife() throws Exception {
        try (WatchedJvm jvm = WatchedJvm.of(directory, List.of())) {
            JvmFacts facts = look(jvm, null);

            JvmFacts again = look(jvm, ofAnotherLife(facts));

            assertThat(again.startTicks()).isEqualTo(facts.startTicks());
            assertThat(again.java()).isEqualTo(facts.java());
        }
    }

    private JvmFacts look(WatchedJvm jvm, @Nullable JvmFacts earlier) {
        LocalProcessRunner local = new LocalProcessRunner();
        CommandRunner heard = new CommandRunner() {
            @Override
            public String name() {
                return local.name();
            }

            @Override
            public ProbeResult<CommandOutput> run(Target target, List<String> command, Duration timeout, int cap) {
                ProbeResult<CommandOutput> result = local.run(target, command, timeout, cap);
                if (result instanceof Success<CommandOutput>(CommandOutput output)) {
                    said = new String(output.standardOutput(), StandardCharsets.ISO_8859_1);
                }
                return result;
            }
        };
        ContainerSecurityLook look = new ContainerSecurityLook(
                heard,
                ProbeLimits.DEFAULTS,
                new SafetyBudget(Clock.systemUTC(), ProbeLimits.DEFAULTS, PauseLimits.DEFAULTS));
        JvmIdentity identity = new JvmIdentity((int) jvm.process().pid(), Instant.EPOCH, null, Collector.G1, 1);
        return Shells.success(look.look(jvm.process().target(), identity, earlier));
    }

    private static List<ListeningSocket> ofJvm(JvmFacts facts) {
        return facts.sockets().stream()
                .filter(socket -> socket.owner() == Owner.Jvm)
                .toList();
    }

    private static JvmFacts ofAnotherLife(JvmFacts facts) {
        return new JvmFacts(
                facts.pid(),
                facts.startTicks() + 1,
                facts.options(),
                facts.rights(),
                facts.code(),
                facts.processes(),
                facts.moreProcesses(),
                facts.sockets(),
                facts.notConnected(),
                facts.attachSocket(),
                new Java("/another", "1"));
    }
}
