package io.heapwarden.security.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapwarden.jvm.ClassHistogram;
import io.heapwarden.security.Severity;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VulnerableClassesTest {

    private static final String JNDI = "org.apache.logging.log4j.core.lookup.JndiLookup";

    @Test
    void findsInstancesOfListedClassesOnly() {
        assertThat(VulnerableClasses.shipped().in(histogram(JNDI, "java.lang.String")))
                .extracting(VulnerableClasses.Vulnerable::className)
                .containsExactly(JNDI);
        assertThat(VulnerableClasses.shipped().in(histogram("java.lang.String")))
                .isEmpty();
    }

    @Test
    void anInstallationAddsAndReplacesEntries() {
        VulnerableClasses list = VulnerableClasses.withAdded(
                Map.of("com.shop.Old", "Medium CVE-2026-1|means|do", JNDI, "Low none|known|nothing"));

        assertThat(list.in(histogram(JNDI, "com.shop.Old")))
                .extracting(VulnerableClasses.Vulnerable::severity)
                .containsExactly(Severity.Low, Severity.Medium);
        assertThat(list.all()).hasSize(VulnerableClasses.shipped().all().size() + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bad CVE|a|b", "High CVE|a", "High CVE", "High |a|b|c|d"})
    void refusesEntriesOfAnotherForm(String entry) {
        assertThatThrownBy(() -> VulnerableClasses.withAdded(Map.of("com.shop.Old", entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("com.shop.Old");
    }

    @Test
    void boundsWhatIsAdded() {
        Map<String, String> many = IntStream.rangeClosed(0, VulnerableClasses.MOST_ADDED)
                .mapToObj(i -> "a.C" + i)
                .collect(Collectors.toMap(Function.identity(), name -> "Low CVE|a|b"));

        assertThatThrownBy(() -> VulnerableClasses.withAdded(many)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ClassHistogram histogram(String... classes) {
        return new ClassHistogram() {
            @Override
            public int size() {
                return classes.length;
            }

            @Override
            public long totalInstances() {
                return classes.length;
            }

            @Override
            public long totalBytes() {
                return classes.length;
            }

            @Override
            public void forEach(Consumer<Entry> visitor) {
                for (String name : classes) {
                    visitor.accept(new Entry(name, 1, 16));
                }
            }
        };
    }
}
