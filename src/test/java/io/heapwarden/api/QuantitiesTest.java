package io.heapwarden.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "100000, 100000",
        "64Ki, 65536",
        "64Mi, 67108864",
        "1.5Gi, 1610612736",
        "2Ti, 2199023255552",
        "5k, 5000",
        "64M, 64000000",
        "1e3, 1000",
        "0.05, 0.05",
        "50m, 0.05"
    })
    void reads(String text, double value) {
        assertThat(Quantities.parse(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Mi", "64MB", "64 Mi", "64mi", "1,5Gi", "lots", "64Mi ", "NaN", "1e9999", "--1"})
    void refusesAndSaysWhatToWrite(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantities.parse(text))
                .withMessageContaining("\"" + text + "\" is not a quantity: write a number with a suffix such as Ki");
    }
}
