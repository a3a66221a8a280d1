package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandNamesTest {

    @Test
    void aScriptIsNamedAndWhatItIsToDoNeverItsText() {
        assertThat(CommandNames.of(ProbeScript.Counters.command("b", List.of())))
                .isEqualTo("counters");
        assertThat(CommandNames.of(ProbeScript.Security.command("b", List.of("1", "2"))))
                .isEqualTo("security");
        assertThat(CommandNames.of(ProbeScript.File.command("b", List.of("1", "77", "read", "/tmp/x", "9"))))
                .isEqualTo("file read");
    }

    @Test
    void aDiagnosticCommandIsNamedAsTheScriptIsToldIt() {
        assertThat(CommandNames.of(attach("class-histogram"))).isEqualTo("attach class-histogram");
        assertThat(CommandNames.of(attach("jfr", "JFR.start", "name=secret"))).isEqualTo("attach jfr JFR.start");
        assertThat(CommandNames.of(attach("heap-dump", "/tmp/heapwarden-1.hprof")))
                .isEqualTo("attach heap-dump");
    }

    @Test
    void theProgramIsNamedByWhatItIsAsked() {
        assertThat(CommandNames.of(List.of("/heapwarden-probe", "counters"))).isEqualTo("heapwarden-probe counters");
        assertThat(CommandNames.of(List.of("/heapwarden-probe", "ask", "--pid", "1", "threads")))
                .isEqualTo("heapwarden-probe ask threads");
    }

    @Test
    void wordsOfUnknownFormAreNotRepeated() {
        assertThat(CommandNames.of(List.of("/bin/sh", "-c", "echo $TOKEN"))).isEqualTo("sh -c");
        assertThat(CommandNames.of(List.of("curl", "http://me:secret@host"))).isEqualTo("curl ?");
        assertThat(CommandNames.of(List.of())).isEqualTo("nothing");
    }

    private static List<String> attach(String... words) {
        List<String> arguments = new java.util.ArrayList<>(List.of("1", "77", "1000", "10", "jcmd", "/bin/jcmd"));
        arguments.addAll(List.of(words));
        return ProbeScript.Attach.command("b", arguments);
    }
}
