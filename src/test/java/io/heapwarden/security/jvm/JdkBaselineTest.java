package io.heapwarden.security.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.security.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdkBaselineTest {

    private static final Instant SOON = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2027-02-01T00:00:00Z");
    private static final JdkBaseline BASELINE = baseline(Map.of(
            "date",
            "2026-11-01",
            "21",
            "21.0.13 2026-10-20 21.0.12",
            "8",
            "8u512 2026-10-20 8u502",
            "19",
            "ended 2023-03-21"));

    @ParameterizedTest
    @CsvSource({
        "1.8.0_512, '8,512'",
        "8u512-b08, '8,512'",
        "8.0.512+8, '8,512'",
        "1.8.0, '8'",
        "1.7.0_80, '7'",
        "17.0.15+6-Debian-1deb12u1, '17,0,15'",
        "21, '21'",
        "21.0.0, '21'",
        "21.0.13.0.3+1, '21,0,13,0,3'",
        "11.0.33-ea, '11,0,33'",
        "25.0.5+9-LTS, '25,0,5'",
    })
    void readsVersionsAsTheyAreWritten(String text, String numbers) {
        JavaVersion version = JavaVersion.parse(text);

        assertThat(version).isNotNull();
        assertThat(String.join(
                        ",", version.numbers().stream().map(String::valueOf).toList()))
                .startsWith(numbers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "21.", "99999999999", "-1", "21..3", "1.8.0_9999999"})
    void takesNothingElseForAVersion(String text) {
        assertThat(JavaVersion.parse(text)).isNull();
    }

    @Property
    void neverFailsOnText(@ForAll String text) {
        JavaVersion.parse(text);
        BASELINE.shortfall(text, LATER);
    }

    @ParameterizedTest
    @CsvSource({
        "21.0.13, ,",
        "21.0.13.0.3, ,",
        "21.0.14-ea, ,",
        "21.0.12, , Medium",
        "21.0.12.1, , Medium",
        "21.0.11, High, High",
        "21, High, High",
        "1.8.0_512, ,",
        "1.8.0_504, , Medium",
        "1.8.0_492, High, High",
        "19.0.2, High, High",
        "99, ,",
    })
    void aReleaseIsAskedForAQuarterAfterItCame(String version, Severity soon, Severity later) {
        assertThat(severity(version, SOON)).isEqualTo(soon);
        assertThat(severity(version, LATER)).isEqualTo(later);
    }

    @Test
    void theShippedTableHasEveryLongTermVersion() {
        for (String old : List.of("1.8.0_202", "11.0.1", "17.0.1", "21.0.1", "25", "9.0.4", "26.0.2")) {
            assertThat(JdkBaseline.shipped().shortfall(old, Facts.NOW)).as(old).isPresent();
        }
        assertThat(JdkBaseline.shipped().date()).isAfter("2026-10-20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"21.0.13", "21.0.13 2026-10-20", "17.0.13 2026-10-20 17.0.12", "x 2026-10-20 21.0.12"})
    void refusesATableThatSaysNothing(String entry) {
        assertThatThrownBy(() -> baseline(Map.of("date", "2026-11-01", "21", entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("21=" + entry);
    }

    private static Severity severity(String version, Instant at) {
        JvmLook look =
                new JvmLook(Facts.good().version(version).build(), null, PodExpectations.NONE, List.of(), BASELINE, at);
        return JvmCheck.JdkOutdated.observe(look, "app").stream()
                .map(observation -> observation.severity())
                .findFirst()
                .orElse(null);
    }

    private static JdkBaseline baseline(Map<String, String> entries) {
        Properties table = new Properties();
        table.putAll(entries);
        return JdkBaseline.of(table);
    }
}
