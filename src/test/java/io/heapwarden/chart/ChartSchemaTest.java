package io.heapwarden.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartSchemaTest {

    @ParameterizedTest(name = "{0} is refused")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            replicas=0                              | at '/replicas': minimum: got 0, want 1
            replicas=100                            | at '/replicas': maximum: got 100, want 3
            replicas=two                            | at '/replicas': got string, want integer
            logLevel=LOUD                           | at '/logLevel': value must be one of 'DEBUG', 'INFO', 'WARN', 'ERROR'
            watchNamespaces=shop                    | at '/watchNamespaces': got string, want array
            watchNamespaces={Shop}                  | at '/watchNamespaces/0': 'Shop' does not match pattern
            watchNamespaces={shop_1}                | at '/watchNamespaces/0': 'shop_1' does not match pattern
            watchNamespaces={-shop}                 | at '/watchNamespaces/0': '-shop' does not match pattern
            watchNamespaces[0]=                     | at '/watchNamespaces/0': '' does not match pattern
            watchNamespaces={a*}                    | at '/watchNamespaces/0': 'a*' does not match pattern
            "watchNamespaces={shop,bar,shop}"       | at '/watchNamespaces': items at 0 and 2 are equal
            watchNamespaces={aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa} | at '/watchNamespaces/0': maxLength: got 64, want 63
            image.tag=1                             | at '/image/tag': got number, want string
            image.tag=                              | at '/image/tag': '' does not match pattern
            image.repository=heapwarden:dev         | at '/image/repository': 'heapwarden:dev' does not match pattern
            image.repository=https://example/x      | at '/image/repository': 'https://example/x' does not match pattern
            image.pullPolicy=Sometimes              | at '/image/pullPolicy': value must be one of 'Always', 'IfNotPresent', 'Never'
            image.name=heapwarden                   | at '/image': additional properties 'name' not allowed
            replicaCount=2                          | at '': additional properties 'replicaCount' not allowed
            crds.install=perhaps                    | at '/crds/install': got string, want boolean
            resources.limits.memory=lots            | at '/resources/limits/memory': 'lots' does not match pattern
            resources.limit.memory=1Gi              | at '/resources': additional properties 'limit' not allowed
            serviceMonitor.interval=0s              | at '/serviceMonitor/interval': '0s' does not match pattern
            nodeSelector.disks=2                    | at '/nodeSelector/disks': got number, want string
            """)
    void refuses(String value, String sentence) {
        Helm.Outcome outcome = Helm.run("template", Helm.CHART.toString(), "--set", value);

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.output())
                .contains("values don't meet the specifications of the schema")
                .contains(sentence);
    }

    @ParameterizedTest(name = "{0} is taken")
    @ValueSource(
            strings = {
                "replicas=2",
                "logLevel=WARN",
                "watchNamespaces={shop,bar-2,0}",
                "image.repository=heapwarden",
                "image.repository=registry.example:5000/some_team/heap-warden",
                "image.tag=1.2.3-rc.1_x",
                "resources.limits.memory=0.5Gi",
                "resources.limits.cpu=2",
                "nodeSelector.kubernetes\\.io/os=linux",
                "tolerations[0].operator=Exists",
                "imagePullSecrets[0].name=registry",
                "priorityClassName=system-cluster-critical",
                "global.team=x",
            })
    void takes(String value) {
        String flag = value.startsWith("watchNamespaces") ? "--set-string" : "--set";
        Helm.template(flag, value);
    }
}
