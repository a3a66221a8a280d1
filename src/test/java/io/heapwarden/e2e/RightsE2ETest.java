package io.heapwarden.e2e;

import static io.heapwarden.e2e.TestCluster.kubectl;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each switch of the chart brings the rights it names, and no other. */
@Tag("e2e")
class RightsE2ETest {

    private static final String[] NOTHING = {
        "restarts.evict=false",
        "restarts.rollout=false",
        "restarts.argoRollouts=false",
        "restarts.resize=false",
        "channels.ephemeralContainer.enabled=false"
    };
    private static Set<String> least;

    @BeforeAll
    static void install() {
        HeapwardenRelease.install(NOTHING);
        least = rights();
    }

    @AfterAll
    static void clean() {
        HeapwardenRelease.install();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "restarts.evict=true | pods/eviction [create], poddisruptionbudgets.policy [list], nodes [get]",
                "restarts.rollout=true | deployments.apps [get patch], statefulsets.apps [get patch], daemonsets.apps [get patch]",
                "restarts.argoRollouts=true | rollouts.argoproj.io [get patch]",
                "restarts.resize=true | pods/resize [patch]",
                "channels.ephemeralContainer.enabled=true | pods/ephemeralcontainers [patch]"
            })
    void aSwitchAddsItsOwnRightsOnly(String setting, String added) {
        String[] settings = java.util.Arrays.stream(NOTHING)
                .map(off -> off.startsWith(setting.substring(0, setting.indexOf('=') + 1)) ? setting : off)
                .toArray(String[]::new);

        HeapwardenRelease.install(settings);

        Set<String> more = rights();
        more.removeAll(least);
        assertThat(more).containsExactlyInAnyOrder(added.split(", "));
        assertThat(least)
                .noneMatch(right -> right.startsWith("pods/eviction") || right.startsWith("pods/resize"))
                .noneMatch(right -> right.startsWith("secrets") || right.startsWith("*"));
    }

    /** Lines such as {@code pods/eviction [create]}. */
    private static Set<String> rights() {
        return kubectl(
                        "auth",
                        "can-i",
                        "--list",
                        "--as=system:serviceaccount:" + HeapwardenRelease.NAMESPACE + ":heapwarden",
                        "-n",
                        "default")
                .lines()
                .filter(line -> line.matches("^[a-z*].*\\[\\].*"))
                .map(line -> line.substring(0, line.indexOf(' ')) + " "
                        + sorted(line.substring(line.lastIndexOf('[')).strip()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** kubectl says verbs in the order in which it finds the rules. */
    private static String sorted(String verbs) {
        return Stream.of(verbs.substring(1, verbs.length() - 1).split(" "))
                .sorted()
                .collect(Collectors.joining(" ", "[", "]"));
    }
}
