package io.heapwarden.security.falco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FalcoHttpSettingsTest {

    private static final String TOKEN = "0123456789abcdef_-XY";

    @Test
    void settingsThatLetAnybodyInAreRefused() {
        assertThatThrownBy(() -> new FalcoHttpSettings("0.0.0.0", 0, null, null, FalcoHttpLimits.DEFAULT))
                .hasMessageContaining("set a token");
        assertThatThrownBy(() -> new FalcoHttpSettings("0.0.0.0", 0, "short", null, FalcoHttpLimits.DEFAULT))
                .hasMessageContaining("16 to 128");
        assertThat(new FalcoHttpSettings("0.0.0.0", 0, TOKEN, null, FalcoHttpLimits.DEFAULT).toString())
                .doesNotContain(TOKEN);
    }
}
