package io.heapwarden.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every right of the operator, so that none is added without being seen, and none is left unexplained. */
class OperatorRightsTest {

    private static final String[] WHERE_IT_WATCHES = {
        "`pods`: `get`, `list`, `watch`",
        "`pods`: `patch`",
        "`pods/exec`: `get`, `create`",
        "`pods/eviction`: `create`",
        "`poddisruptionbudgets`: `list`",
        "`events`: `create`, `patch`",
        "`replicasets`, `deployments`, `statefulsets`, `daemonsets`: `get`",
        "`memorypolicies`: `get`, `list`, `watch`",
        "`memorypolicies/status`: `patch`",
        "`memoryreports`: `list`, `create`, `patch`, `delete`",
        "`memoryreports/status`: `patch`",
    };

    /** Nodes are in no namespace, so only an installation for all of them sees one. */
    private static final String OF_NODES = "`nodes`: `get`";

    /** Only with restarts.rollout, restarts.argoRollouts and restarts.resize. */
    private static final String[] OF_RESTARTS = {
        "`deployments`, `statefulsets`, `daemonsets`: `patch`", "`rollouts`: `get`, `patch`", "`pods/resize`: `patch`"
    };

    /** Only with channels.ephemeralContainer.enabled, and only with channels.kubelet.enabled. */
    private static final String[] OF_CHANNELS = {"`pods/ephemeralcontainers`: `patch`", "`nodes/stats`: `get`"};

    /** Only with security.vulnerabilityReports. */
    private static final String OF_SECURITY = "`vulnerabilityreports`: `list`";

    /** In its own namespace, only with security.falco.http.enabled. */
    private static final String OF_FALCO = "`pods`: `get`, `list`, `patch`";

    private static final String[] IN_ITS_OWN_NAMESPACE = {
        "`leases`: `create`", "`leases` named `heapwarden`: `get`, `patch`, `update`", "`events`: `create`, `patch`",
    };

    @Test
    void clusterWideItMayDoThisAndNoMore() {
        Manifests all = Helm.template();

        assertThat(all.all(ClusterRole.class))
                .filteredOn(role -> role.getMetadata().getName().equals("heapwarden"))
                .singleElement()
                .satisfies(role -> assertThat(rights(role.getRules()))
                        .containsExactlyElementsOf(Stream.concat(Stream.of(WHERE_IT_WATCHES), Stream.of(OF_NODES))
                                .toList()));
        assertThat(rights(all.only(Role.class).getRules())).containsExactly(IN_ITS_OWN_NAMESPACE);
    }

    @Test
    void inAListedNamespaceItMayDoTheSame() {
        assertThat(Helm.template("--set", "watchNamespaces={shop,bar}").all(Role.class))
                .filteredOn(role -> !Helm.NAMESPACE.equals(role.getMetadata().getNamespace()))
                .hasSize(2)
                .allSatisfy(role -> assertThat(rights(role.getRules())).containsExactly(WHERE_IT_WATCHES));
    }

    @Test
    void aChannelThatIsTurnedOnAddsItsOneRight() {
        Manifests all = Helm.template(
                "--set",
                "channels.ephemeralContainer.enabled=true",
                "--set",
                "channels.kubelet.enabled=true",
                "--set",
                "watchNamespaces={shop}");

        assertThat(all.all(Role.class))
                .filteredOn(role -> "shop".equals(role.getMetadata().getNamespace()))
                .singleElement()
                .satisfies(role -> assertThat(rights(role.getRules()))
                        .containsAll(List.of(WHERE_IT_WATCHES))
                        .contains(OF_CHANNELS[0])
                        .hasSize(WHERE_IT_WATCHES.length + 1));
        assertThat(all.all(ClusterRole.class))
                .filteredOn(role -> role.getMetadata().getName().equals("heapwarden-kubelet"))
                .singleElement()
                .satisfies(role -> assertThat(rights(role.getRules())).containsExactly(OF_CHANNELS[1]));
    }

    @Test
    void whatPoliciesMayHaveDoneAddsItsRightAndNothingElse() {
        assertThat(rightsInShop("restarts.rollout=true", "restarts.argoRollouts=true", "restarts.resize=true"))
                .containsAll(List.of(WHERE_IT_WATCHES))
                .containsAll(List.of(OF_RESTARTS))
                .hasSize(WHERE_IT_WATCHES.length + OF_RESTARTS.length);
        assertThat(rightsInShop("restarts.evict=false"))
                .doesNotContain("`pods/eviction`: `create`", "`poddisruptionbudgets`: `list`")
                .hasSize(WHERE_IT_WATCHES.length - 2);
    }

    @Test
    void whatSecurityListensToAddsItsRightAndNothingElse() {
        assertThat(rightsInShop("security.vulnerabilityReports=true"))
                .contains(OF_SECURITY)
                .hasSize(WHERE_IT_WATCHES.length + 1);
        assertThat(Helm.template(
                                "--set",
                                "security.falco.http.enabled=true,security.falco.http.tokenSecret=falco",
                                "--set",
                                "watchNamespaces={shop}")
                        .all(Role.class))
                .filteredOn(role -> Helm.NAMESPACE.equals(role.getMetadata().getNamespace()))
                .singleElement()
                .satisfies(role -> assertThat(rights(role.getRules())).contains(OF_FALCO));
    }

    private static List<String> rightsInShop(String... values) {
        String[] arguments = Stream.concat(Stream.of("watchNamespaces={shop}"), Stream.of(values))
                .flatMap(value -> Stream.of("--set", value))
                .toArray(String[]::new);
        return Helm.template(arguments).all(Role.class).stream()
                .filter(role -> "shop".equals(role.getMetadata().getNamespace()))
                .flatMap(role -> rights(role.getRules()).stream())
                .toList();
    }

    @Test
    void peopleGetPoliciesThroughTheBuiltInRoles() {
        List<ClusterRole> roles = Helm.template().all(ClusterRole.class).stream()
                .filter(role -> !role.getMetadata().getName().equals("heapwarden"))
                .toList();

        assertThat(roles)
                .extracting(role -> role.getMetadata().getName(), role -> rights(role.getRules()))
                .containsExactlyInAnyOrder(
                        tuple("heapwarden-view", List.of("`memorypolicies`, `memoryreports`: `get`, `list`, `watch`")),
                        tuple(
                                "heapwarden-edit",
                                List.of(
                                        "`memorypolicies`: `create`, `update`, `patch`, `delete`, `deletecollection`")));
    }

    @Test
    void theDocumentationExplainsEachOfThem() throws IOException {
        List<String> headings = Files.readAllLines(Path.of("docs/rbac.md")).stream()
                .filter(line -> line.startsWith("### "))
                .map(line -> line.substring(4))
                .toList();

        assertThat(headings)
                .containsExactlyElementsOf(Stream.of(
                                WHERE_IT_WATCHES,
                                new String[] {OF_NODES},
                                OF_RESTARTS,
                                OF_CHANNELS,
                                new String[] {OF_SECURITY},
                                IN_ITS_OWN_NAMESPACE,
                                new String[] {OF_FALCO})
                        .flatMap(Stream::of)
                        .toList());
    }

    private static List<String> rights(List<PolicyRule> rules) {
        return rules.stream().map(OperatorRightsTest::right).toList();
    }

    private static String right(PolicyRule rule) {
        String names = rule.getResourceNames().isEmpty() ? "" : " named " + quoted(rule.getResourceNames());
        return quoted(rule.getResources()) + names + ": " + quoted(rule.getVerbs());
    }

    private static String quoted(List<String> words) {
        return "`" + String.join("`, `", words) + "`";
    }
}
