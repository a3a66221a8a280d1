package io.heapwarden.security.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.jvm.MalformedOutputException;
import io.heapwarden.security.jvm.JvmFacts.AttachFile;
import io.heapwarden.security.jvm.JvmFacts.ListeningSocket;
import io.heapwarden.security.jvm.JvmFacts.MappedCode;
import io.heapwarden.security.jvm.JvmFacts.OtherProcess;
import io.heapwarden.security.jvm.JvmFacts.Owner;
import io.heapwarden.security.jvm.JvmFacts.Rights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmFactsParserTest {

    private static final int PID = 7;

    /** What the script said of a JVM in a container, shortened. */
    private static final Map<String, String> SAID = Map.of(
            "about",
            "ticks 2760104\nself 30\nforeign 40\nnew 21\n",
            "kernel",
            """
            Name:\tjava
            Pid:\t7
            PPid:\t1
            Uid:\t1000\t1001\t1000\t1000
            Gid:\t1000\t1000\t1000\t1000
            NSpid:\t7
            CapEff:\t00000000a80425fb
            NoNewPrivs:\t1
            Seccomp:\t2
            Name:\tsh
            Pid:\t1
            PPid:\t0
            Uid:\t1001\t1001\t1001\t1001
            Name:\tsh
            Pid:\t20
            PPid:\t7
            Uid:\t1001\t1001\t1001\t1001
            Name:\tcurl
            Pid:\t21
            PPid:\t20
            Uid:\t1001\t1001\t1001\t1001
            Name:\tsh
            Pid:\t30
            PPid:\t29
            Uid:\t1001\t1001\t1001\t1001
            Name:\tgrep
            Pid:\t31
            PPid:\t30
            Uid:\t1001\t1001\t1001\t1001
            Name:\texec
            Pid:\t29
            PPid:\t0
            Uid:\t1001\t1001\t1001\t1001
            Name:\tsidecar
            Pid:\t40
            PPid:\t0
            Uid:\t0\t0\t0\t0
            overlay / overlay ro,relatime,lowerdir=/x
            7f00-7f10 r-xp 00001000 fe:00 315192    /opt/java/bin/java
            7f00-7f10 r-xp 002e3000 fe:00 315638    /opt/java/lib/server/libjvm.so
            7f00-7f10 r-xp 00001000 fe:00 99    /app/gone lib.so (deleted)
            7f00-7f10 r-xp 00000000 00:01 12    /memfd:x (deleted)
            7f00-7f10 r-xp 00001000 fe:00 315192    /opt/java/bin/java
            7f00-7f10 r--s 00000000 fe:00 98    /app/old.jar (deleted)
            """,
            "links",
            """
            fds yes
            lrwxrwxrwx 1 1001 1001  0 Nov 26 05:41 /proc/20/exe -> /bin/busybox
            lrwxrwxrwx 1 1001 1001  0 Nov 26 05:41 /proc/21/exe -> /tmp/curl (deleted)
            l-wx------ 1 1001 1001 64 Nov 26 05:41 /proc/7/fd/4 -> /app/other.jar (deleted)
            srw------- 1 1001 1000  0 Nov 26 05:41 /tmp/.java_pid7
            """,
            "sockets",
            """
            0100007F:094B 0 no
            00000000:1F90 1001 yes
            00000000000000000000000001000000:2808 1001 yes
            0000000000000000FFFF00000100007F:2809 1001 yes
            00000000000000000000000000000000:C3CD 1001 yes
            """,
            "release",
            "home /opt/java\nIMPLEMENTOR=\"Eclipse Adoptium\"\nJAVA_VERSION=\"25.0.3\"\n",
            "options",
            "command -Dapi.password\ncommand jdwp,server=y,address=*:5005\nread\nJAVA_TOOL_OPTIONS -Dx=true\n");

    @Test
    void readsWhatTheScriptSays() throws Exception {
        JvmFacts facts = JvmFactsParser.parse(PID, SAID, null);

        assertThat(facts.startTicks()).isEqualTo(2760104);
        assertThat(facts.rights()).isEqualTo(new Rights(1001, 0xa80425fbL, true, 2, false));
        assertThat(facts.code())
                .containsExactly(
                        new MappedCode("/opt/java/bin/java", false),
                        new MappedCode("/opt/java/lib/server/libjvm.so", false),
                        new MappedCode("/app/gone lib.so", true),
                        new MappedCode("/memfd:x", true),
                        new MappedCode("/app/old.jar", true),
                        new MappedCode("/app/other.jar", true));
        assertThat(facts.attachSocket()).isEqualTo(new AttachFile("srw-------", 1001));
        assertThat(facts.java()).isEqualTo(new JvmFacts.Java("/opt/java", "25.0.3"));
        assertThat(facts.options().whole()).isTrue();
        assertThat(facts.options().all())
                .extracting(JvmOptions.Option::source)
                .containsExactly("command", "command", "JAVA_TOOL_OPTIONS");
    }

    @Test
    void leavesOutTheScriptItsChildrenAndThoseThatStartedIt() throws Exception {
        assertThat(JvmFactsParser.parse(PID, SAID, null).processes())
                .containsExactly(
                        new OtherProcess(1, 0, "sh", 1001, null, false, false, false),
                        new OtherProcess(20, 7, "sh", 1001, new MappedCode("/bin/busybox", false), false, false, true),
                        new OtherProcess(21, 20, "curl", 1001, new MappedCode("/tmp/curl", true), true, false, true),
                        new OtherProcess(40, 0, "sidecar", 0, null, false, true, false));
    }

    @Test
    void tellsWhoMayConnect() throws Exception {
        assertThat(JvmFactsParser.parse(PID, SAID, null).sockets())
                .containsExactly(
                        new ListeningSocket(2379, true, 0, Owner.Other),
                        new ListeningSocket(8080, false, 1001, Owner.Jvm),
                        new ListeningSocket(10248, true, 1001, Owner.Jvm),
                        new ListeningSocket(10249, true, 1001, Owner.Jvm),
                        new ListeningSocket(50125, false, 1001, Owner.Jvm));
    }

    @Test
    void doesNotKnowOwnersWhereOpenFilesWereNotRead() throws Exception {
        assertThat(JvmFactsParser.parse(PID, with("links", ""), null).sockets())
                .extracting(ListeningSocket::owner)
                .contains(Owner.Unknown)
                .doesNotContain(Owner.Other);
    }

    @Test
    void optionsAreNotWholeWhereAFileHoldsMoreOfThem() throws Exception {
        assertThat(JvmFactsParser.parse(PID, with("options", "command @\nread\n"), null)
                        .options())
                .isEqualTo(new JvmOptions(List.of(), false));
        assertThat(JvmFactsParser.parse(PID, with("options", ""), null)
                        .options()
                        .whole())
                .isFalse();
    }

    @Test
    void bearsWithWhatOldKernelsDoNotSay() throws Exception {
        assertThat(JvmFactsParser.parse(PID, with("kernel", "Name:\tjava\nPid:\t7\nPPid:\t1\n"), null)
                        .rights())
                .isEqualTo(new Rights(null, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "about, ticks x",
        "about, ticks 1",
        "about, self 3",
        "kernel, Name:x",
        "kernel, 'Name:x\nPid:8\nPPid:1'",
        "kernel, 'Name:x\nPid:7'",
        "kernel, 'Name:x\nPid:7\nPPid:1\nUid:1'",
        "kernel, 'Name:x\nPid:7\nPPid:1\nCapEff:xyz'",
        "kernel, 'Name:x\nPid:99999999999\nPPid:1'",
    })
    void refusesWhatIsNoAnswer(String section, String text) {
        assertThatThrownBy(() -> JvmFactsParser.parse(PID, with(section, text), null))
                .isInstanceOf(MalformedOutputException.class)
                .hasMessageStartingWith("the security script");
    }

    @Test
    void boundsWhatItKeeps() throws Exception {
        StringBuilder kernel = new StringBuilder(SAID.get("kernel"));
        StringBuilder options = new StringBuilder();
        StringBuilder sockets = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            kernel.append("Name:\tx\nPid:\t").append(100 + i).append("\nPPid:\t1\n");
            kernel.append("7f00-7f10 r-xp 0 0:0 1 /x").append(i).append('\n');
            options.append("command -Dx").append(i).append('\n');
            sockets.append("00000000:%04X 0 no\n".formatted(i));
        }
        Map<String, String> much = with("kernel", kernel.toString());
        much.put("options", options.toString());
        much.put("sockets", sockets.toString());

        JvmFacts facts = JvmFactsParser.parse(PID, much, null);

        assertThat(facts.code()).hasSize(1000);
        assertThat(facts.processes()).hasSizeLessThan(200);
        assertThat(facts.options().all()).hasSize(1000);
        assertThat(facts.sockets()).hasSize(200);
        assertThatThrownBy(() -> JvmFactsParser.parse(PID, with("links", "x".repeat(JvmFactsParser.LONGEST + 1)), null))
                .isInstanceOf(MalformedOutputException.class);
    }

    @Test
    void endsWhereProcessesAreEachOthersParents() throws Exception {
        assertThat(JvmFactsParser.parse(
                                PID,
                                with(
                                        "kernel",
                                        SAID.get("kernel")
                                                + "Name:\ta\nPid:\t50\nPPid:\t51\nName:\tb\nPid:\t51\nPPid:\t50\n"),
                                null)
                        .processes())
                .extracting(OtherProcess::pid)
                .contains(50, 51);
    }

    @Test
    void whatIsTheSameIsTakenFromTheEarlierLook() throws Exception {
        JvmFacts earlier = JvmFactsParser.parse(PID, with("sockets", "count 5\n" + SAID.get("sockets")), null);
        Map<String, String> again = with("sockets", "count 5\nsame\n");
        again.put("options", "same\n");
        again.put("release", "same\n");

        assertThat(earlier.notConnected()).isEqualTo(5);
        assertThat(JvmFactsParser.parse(PID, again, earlier)).isEqualTo(earlier);
        assertThatThrownBy(() -> JvmFactsParser.parse(PID, again, null)).isInstanceOf(MalformedOutputException.class);
        again.put("about", "ticks 1\nself 30\n");
        assertThatThrownBy(() -> JvmFactsParser.parse(PID, again, earlier))
                .isInstanceOf(MalformedOutputException.class);
    }

    /** Bytes are changed, lines lost, and every check is asked all the same. */
    @Property(tries = 2000)
    void damagedSectionsAreReadOrRefused(
            @ForAll @IntRange(max = 5) int section,
            @ForAll @Size(max = 12) List<@IntRange(max = 2000) Integer> places) {
        String name = JvmFactsParser.SECTIONS.get(section);
        StringBuilder text = new StringBuilder(SAID.get(name));
        for (int place : places) {
            int at = place % (text.length() + 1);
            switch (place % 4) {
                case 0 -> text.insert(at, (char) (place % 256));
                case 1 -> text.setLength(at);
                case 2 -> text.insert(at, '\n');
                default -> text.delete(at, Math.min(text.length(), at + place % 40));
            }
        }
        try {
            JvmFacts facts = JvmFactsParser.parse(PID, with(name, text.toString()), null);
            assertThat(JvmLook.first(facts, PodExpectations.NONE, Facts.NOW).observations("app"))
                    .hasSizeLessThan(JvmCheck.values().length * JvmCheck.MOST)
                    .allSatisfy(observation -> assertThat(observation.message()).doesNotContainPattern("\\p{Cntrl}"));
        } catch (MalformedOutputException e) {
            assertThat(e.getMessage()).startsWith("the security script").doesNotContain("\n");
        }
    }

    private static Map<String, String> with(String section, String text) {
        Map<String, String> changed = new HashMap<>(SAID);
        changed.put(section, text);
        return changed;
    }
}
