package io.heapwarden.security.jvm;

import static io.heapwarden.security.Severity.Critical;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapwarden.security.FindingSource;
import io.heapwarden.security.Observation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JvmCheckTest {

    @Test
    void saysNothingOfAJvmWithNothingWrong() {
        assertThat(Facts.good().look().observations("app")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void isDescribedInWordsThatFitReports(JvmCheck check) {
        assertThat(check.id()).matches("[a-z]+(-[a-z]+)*");
        assertThat(check.title()).doesNotEndWith(".").isNotBlank();
        assertThat(check.remedy()).doesNotEndWith(".").isNotBlank();
        assertThat(check.reference()).isNotBlank();
    }

    @Test
    void hasEveryIdOnce() {
        assertThat(Arrays.stream(JvmCheck.values()).map(JvmCheck::id)).doesNotHaveDuplicates();
    }

    @Test
    void classesOfTheHistogramBringTheirOwnReferenceAndRemedy() {
        VulnerableClasses.Vulnerable log4j = VulnerableClasses.shipped().all().stream()
                .filter(entry -> entry.className().endsWith("JndiLookup"))
                .findFirst()
                .orElseThrow();

        Observation found =
                Facts.good().look().with(List.of(log4j)).observations("app").getFirst();

        assertThat(found.key())
                .isEqualTo(new Observation.Key(FindingSource.Jvm, "vulnerable-library", "app", log4j.className()));
        assertThat(found.severity()).isEqualTo(Critical);
        assertThat(found.reference()).contains("CVE-2021-44228");
        assertThat(found.remedy()).contains("2.17.1");
    }

    @Test
    void saysTheSameThingOnceAndOfManyOnlyTheFirst() {
        Facts many = Facts.good().child("sh", "/bin/sh").child("sh", "/bin/sh");
        IntStream.range(0, 50).forEach(i -> many.code("/tmp/x" + i + ".so"));

        assertThat(JvmCheck.ShellStarted.observe(many.look(), "app")).hasSize(1);
        assertThat(JvmCheck.CodeFromTemporaryFile.observe(many.look(), "app")).hasSize(JvmCheck.MOST);
    }
}
