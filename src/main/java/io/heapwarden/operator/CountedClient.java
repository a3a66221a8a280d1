package io.heapwarden.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.heapwarden.telemetry.ApiCallCounter;
import io.heapwarden.telemetry.OperatorMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The one client of the API server; every request it sends is counted, exec among them. */
@ApplicationScoped
public class CountedClient {

    @Produces
    @Singleton
    KubernetesClient client(Config config, KubernetesSerialization serialization, OperatorMetrics metrics) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(serialization)
                .withHttpClientBuilderConsumer(
                        http -> http.addOrReplaceInterceptor(ApiCallCounter.NAME, new ApiCallCounter(metrics)))
                .build();
    }

    void close(@Disposes KubernetesClient client) {
        client.close();
    }
}
