package io.heapwarden.operator;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the pods of every watched namespace are known; a standby replica is ready too. */
@Readiness
@ApplicationScoped
public class ReadinessCheck implements HealthCheck {

    private final PodWatch podWatch;

    ReadinessCheck(PodWatch podWatch) {
        this.podWatch = podWatch;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("pod watch")
                .status(podWatch.synced())
                .withData("troubles", String.join("; ", podWatch.troubles()))
                .build();
    }
}
