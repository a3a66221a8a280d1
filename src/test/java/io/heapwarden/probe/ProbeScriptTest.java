package io.heapwarden.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProbeScriptTest {

    /** Proxies in front of an API server commonly take no longer request line. */
    private static final int LONGEST_URL = 8192;

    @ParameterizedTest
    @EnumSource
    void fitsIntoAnUrlAndSignalsNothing(ProbeScript script) {
        List<String> command = script.command("boundary", List.of());

        assertThat(command).startsWith("sh", "-c").endsWith("heapwarden-probe", "boundary");
        assertThat(URLEncoder.encode(command.get(2), StandardCharsets.UTF_8).replace("+", "%20"))
                .hasSizeLessThan(LONGEST_URL - 1024);
        assertThat(command.get(2)).doesNotContain("kill").doesNotContain("\n#");
    }

    @ParameterizedTest
    @EnumSource
    void writesNoFile(ProbeScript script) {
        assertThat(script.command("boundary", List.of()).get(2).replaceAll("2?>(/dev/null|&1)", ""))
                .doesNotContain(">");
    }
}
