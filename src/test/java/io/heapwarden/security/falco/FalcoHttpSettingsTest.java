package io.heapwarden.security.falco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FalcoHttpSettingsTest {

    private static final String TOKEN = "0123456789abcdef_-XY";
    private static final String NEW_TOKEN = "fedcba9876543210_-YX";

    @Test
    void settingsThatLetAnybodyInAreRefused() {
        assertThatThrownBy(() -> new FalcoHttpSettings("0.0.0.0", 0, null, null, FalcoHttpLimits.DEFAULT))
                .hasMessageContaining("set a token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "short",
                "0123456789abcdef/0123456789abcdef",
                TOKEN + " short",
                TOKEN + "\n" + NEW_TOKEN + "\n" + TOKEN
            })
    void tokensThatCannotBeUsedAreRefused(String text) {
        assertThatThrownBy(() -> SenderTokens.parse(text)).hasMessageContaining("16 to 128");
    }

    @Test
    void theNewTokenAndTheOldOneMayBothBeValid() {
        SenderTokens tokens = SenderTokens.parse(NEW_TOKEN + "\n" + TOKEN + "\n");

        assertThat(tokens.accept(TOKEN)).isTrue();
        assertThat(tokens.accept(NEW_TOKEN)).isTrue();
        assertThat(tokens.accept(TOKEN + NEW_TOKEN)).isFalse();
        assertThat(tokens).isNotEqualTo(SenderTokens.parse(NEW_TOKEN));
    }

    @Test
    void tokensAreNotPrinted() {
        SenderTokens tokens = SenderTokens.parse(TOKEN);

        assertThat(tokens + " " + new FalcoHttpSettings("0.0.0.0", 0, tokens, null, FalcoHttpLimits.DEFAULT))
                .doesNotContain(TOKEN);
    }
}
