package io.heapwarden.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentagesTest {

    @ParameterizedTest
    @CsvSource({"0%, 0", "1%, 0.01", "99%, 0.99", "99.9%, 0.999", "99.9999%, 0.999999", "100%, 1"})
    void reads(String text, double share) {
        assertThat(Percentages.parse(text)).isEqualTo(share);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "99", "0.99", "-1%", "101%", "100.1%", "99,9%", "99 %", "1e1%", ".5%"})
    void refusesAndSaysWhatToWrite(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Percentages.parse(text))
                .withMessage(
                        "\"" + text + "\" is not a percentage: write a number from 0 to 100 with a %, such as 99.9%");
    }
}
