package io.heapwarden.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnableKubernetesMockClient(crud = true)
class ApiCallCounterTest {

    KubernetesMockServer server;

    @Test
    void countsWhatAClientSends() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ApiCallCounter counter = new ApiCallCounter(new OperatorMetrics(registry));
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(server.createClient().getConfiguration())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor(ApiCallCounter.NAME, counter))
                .build()) {
            client.pods().inNamespace("shop").list();
            client.pods().inNamespace("shop").withName("checkout-0").get();
        }

        assertThat(registry.getMeters()).hasSize(2);
        assertThat(counted(registry, "2xx")).isEqualTo(1);
        assertThat(counted(registry, "4xx")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "/api/v1/pods,pods",
                "/api/v1/namespaces/shop/pods,pods",
                "/api/v1/namespaces/shop/pods/checkout-0,pods",
                "/api/v1/namespaces/shop/pods/checkout-0/exec,pods/exec",
                "/api/v1/namespaces/shop/pods/checkout-0/eviction,pods/eviction",
                "/api/v1/namespaces,namespaces",
                "/api/v1/namespaces/shop,namespaces",
                "/api/v1/nodes/one/proxy/metrics,nodes/proxy",
                "/apis/heapwarden.io/v1alpha1/namespaces/shop/memorypolicies/checkout/status,memorypolicies/status",
                "/apis/heapwarden.io/v1alpha1/memoryreports,memoryreports",
                "/apis/coordination.k8s.io/v1/namespaces/shop/leases/heapwarden,leases",
                "/apis/apps/v1,other",
                "/api,other",
                "/version,other",
                "/,other",
                "'',other",
                "null,other",
            })
    void namesTheResourceAndNeverTheObject(String path, String resource) {
        assertThat(ApiCallCounter.resource(path)).isEqualTo(resource);
    }

    private static double counted(SimpleMeterRegistry registry, String code) {
        return registry.get("heapwarden.api.calls")
                .tags("verb", "get", "resource", "pods", "code", code)
                .counter()
                .count();
    }
}
