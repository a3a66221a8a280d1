package io.heapwarden.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the three rings: an import goes inwards only, and the innermost ring knows nothing but the JDK. */
@AnalyzeClasses(packages = "io.heapwarden", importOptions = ImportOption.DoNotIncludeTests.class)
class RingsTest {

    private static final String[] PURE = {
        "io.heapwarden.jvm..",
        "io.heapwarden.growth..",
        "io.heapwarden.objective..",
        "io.heapwarden.workload..",
        "io.heapwarden.security",
        "io.heapwarden.security.jvm.."
    };

    @ArchTest
    static final ArchRule importsGoInwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("pure")
            .definedBy(PURE)
            .layer("adapters")
            .definedBy(
                    "io.heapwarden.api..",
                    "io.heapwarden.evidence..",
                    "io.heapwarden.probe..",
                    "io.heapwarden.response..",
                    "io.heapwarden.security.falco..",
                    "io.heapwarden.security.podstandards..",
                    "io.heapwarden.security.images..",
                    "io.heapwarden.security.admission..",
                    "io.heapwarden.history..",
                    "io.heapwarden.telemetry..",
                    "io.heapwarden.trace..")
            .layer("operator")
            .definedBy("io.heapwarden.operator..", "io.heapwarden.local..", "io.heapwarden.cli..")
            .whereLayer("operator")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("adapters")
            .mayOnlyBeAccessedByLayers("operator");

    @ArchTest
    static final ArchRule pureKnowsOnlyTheJdk = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java..",
                    "org.jspecify..",
                    "io.heapwarden.jvm..",
                    "io.heapwarden.growth..",
                    "io.heapwarden.objective..",
                    "io.heapwarden.workload..",
                    "io.heapwarden.security",
                    "io.heapwarden.security.jvm..");

    @ArchTest
    static final ArchRule pureNeverAsksTheClock = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.heapwarden.(*)..").should().beFreeOfCycles();
}
