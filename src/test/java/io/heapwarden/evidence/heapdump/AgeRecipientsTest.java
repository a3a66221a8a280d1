package io.heapwarden.evidence.heapdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.exceptionfactory.jagged.bech32.Bech32;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys a policy may name. */
class AgeRecipientsTest {

    /** A public key that age's own documentation shows. */
    private static final String DOCUMENTED = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

    @Test
    void acceptsWhatAgeKeygenPrints() {
        assertThat(AgeRecipients.parse(
                                List.of(DOCUMENTED, AgeIdentity.generate().recipient()))
                        .isEmpty())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ, is an SSH key",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----, is a key of OpenPGP",
        "0x6F28B3A9C1D2E4F5, is a key of OpenPGP",
        "age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t, of another kind than X25519",
        "age1pq1qqqqqqqqqqqqqqqq, of another kind than X25519",
        "'', is not an age recipient or has a typing error",
        "age1, is not an age recipient or has a typing error",
        "hunter2, is not an age recipient or has a typing error"
    })
    void refusesOtherKeysAndSaysWhatIsAccepted(String key, String message) {
        assertThatThrownBy(() -> AgeRecipients.parse(List.of(DOCUMENTED, key)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("recipient 2")
                .hasMessageContaining(message)
                .hasMessageContaining("begins with age1");
    }

    @Test
    void refusesEveryTypingError() {
        for (int i = 4; i < DOCUMENTED.length(); i++) {
            char wrong = DOCUMENTED.charAt(i) == 'q' ? 'p' : 'q';
            String mistyped = DOCUMENTED.substring(0, i) + wrong + DOCUMENTED.substring(i + 1);
            assertThatThrownBy(() -> AgeRecipients.parse(List.of(mistyped))).hasMessageContaining("typing error");
        }
        assertThatThrownBy(() -> AgeRecipients.parse(List.of(DOCUMENTED.toUpperCase(Locale.ROOT))))
                .hasMessageContaining("in lower case");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX",
                "-----BEGIN OPENSSH PRIVATE KEY-----"
            })
    void neverRepeatsAPrivateKey(String key) {
        assertThatThrownBy(() -> AgeRecipients.parse(List.of(key)))
                .hasMessageContaining("is a private key")
                .hasMessageNotContaining(key.substring(0, 16));
    }

    /** The checksum is right, but anyone could read what is encrypted to it. */
    @Test
    void refusesAPointThatKeepsNoSecret() {
        String zero = Bech32.getEncoder().encode("age", new byte[32]).toString();
        assertThatThrownBy(() -> AgeRecipients.parse(List.of(zero))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsThem() {
        assertThatThrownBy(() -> AgeRecipients.parse(List.of())).hasMessageContaining("no recipient is given");
        assertThatThrownBy(() -> AgeRecipients.parse(Collections.nCopies(21, DOCUMENTED)))
                .hasMessageContaining("21 recipients are more than the 20");
        List<String> twenty = Stream.generate(() -> AgeIdentity.generate().recipient())
                .limit(AgeRecipients.MOST)
                .toList();
        assertThat(AgeRecipients.parse(twenty).isEmpty()).isFalse();
    }
}
