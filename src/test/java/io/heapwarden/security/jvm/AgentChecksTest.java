package io.heapwarden.security.jvm;

import static io.heapwarden.security.Severity.High;
import static io.heapwarden.security.Severity.Medium;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.security.jvm.JvmFacts.OtherProcess;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentChecksTest {

    @ParameterizedTest
    @CsvSource({"1000, true, true", "0, true, true", "1001, true, false", "1000, false, false"})
    void onlyTheSameUserAndRootOfAnotherContainerMayAttach(int uid, boolean foreign, boolean found) {
        Facts beside = Facts.good().process(new OtherProcess(9, 0, "x", uid, null, false, foreign, false));

        assertThat(beside.severity(JvmCheck.AttachByOthers)).isEqualTo(found ? Medium : null);
        assertThat(beside.options("-XX:+DisableAttachMechanism").severity(JvmCheck.AttachByOthers))
                .isNull();
    }

    @Test
    void theAttachSocketMustBeTheJvmsOwn() {
        assertThat(Facts.good().attachFile("srw-------", 1000).severity(JvmCheck.AttachSocketForged))
                .isNull();
        assertThat(Facts.good().attachFile("srwxrwxrwx", 1000).severity(JvmCheck.AttachSocketForged))
                .isEqualTo(Medium);
        assertThat(Facts.good().attachFile("srw-------", 1001).severity(JvmCheck.AttachSocketForged))
                .isEqualTo(High);
        assertThat(Facts.good().attachFile("-rw-------", 1000).severity(JvmCheck.AttachSocketForged))
                .isEqualTo(High);
    }

    @Test
    void agentsAreAllowedByPathOrName() {
        Facts agents = Facts.good()
                .options("-javaagent:/otel/agent.jar", "-agentpath:/opt/prof.so", "-agentlib:hprof", "jdwp,server=n");
        JvmLook look = JvmLook.first(
                agents.build(), new PodExpectations(Set.of(), Set.of("agent.jar", "/opt/prof.so")), Facts.NOW);

        assertThat(JvmCheck.AgentAtStart.observe(look, "app"))
                .extracting(observation -> observation.key().subject())
                .containsExactly("hprof");
    }

    @Test
    void aJavaAgentThatNoOptionNamesCameLater() {
        Facts loaded = Facts.good().code(Facts.HOME + "/lib/libinstrument.so");

        assertThat(loaded.severity(JvmCheck.AgentLoadedLater)).isEqualTo(High);
        assertThat(loaded.options("-javaagent:/a.jar").severity(JvmCheck.AgentLoadedLater))
                .isNull();
    }

    @Test
    void nothingIsSaidOfAgentsWhereOptionsWereNotAllSeen() {
        assertThat(Facts.good()
                        .code(Facts.HOME + "/lib/libinstrument.so")
                        .unseenOptions()
                        .severity(JvmCheck.AgentLoadedLater))
                .isNull();
    }

    @Test
    void aLibraryThatCameBetweenTwoLooksIsToldOfTheSameLifeOnly() {
        Facts more = Facts.good()
                .code("/data/evil.so")
                .code(Facts.HOME + "/lib/libnio.so")
                .code("/usr/lib/libz.so.1")
                .code("/tmp/snappy-1.1.10-libsnappyjava.so");
        JvmLook first = more.look();

        assertThat(JvmCheck.AgentLoadedLater.observe(first, "app")).isEmpty();
        assertThat(JvmCheck.AgentLoadedLater.observe(first.after(Facts.good().build()), "app"))
                .extracting(observation -> observation.key().subject())
                .containsExactly("/data/evil.so");
        assertThat(JvmCheck.AgentLoadedLater.observe(
                        first.after(Facts.good().startedAt(6).build()), "app"))
                .isEmpty();
        assertThat(JvmCheck.AgentLoadedLater.observe(first.after(more.build()), "app"))
                .isEmpty();
    }
}
