package io.heapwarden.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * One replica works, the others wait with warm caches. A replica that loses the lease ends its process at once: what it believes may be stale,
 * and a fresh start is the only state that is known to be right.
 */
@ApplicationScoped
public class LeaderElection {

    static final String LEASE_NAME = "heapwarden";

    private static final Logger LOG = Logger.getLogger(LeaderElection.class);
    private static final Duration LEASE_DURATION = Duration.ofSeconds(15);
    private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
    private static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

    @Produces
    @ApplicationScoped
    LeaderElectionConfiguration configuration(OperatorSettings settings, KubernetesClient client, Leading leading) {
        String namespace = settings.podNamespace()
                .or(() -> Optional.ofNullable(client.getNamespace()))
                .orElse("default");
        LeaderElectionConfigurationBuilder election = LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                        LEASE_NAME)
                .withLeaseNamespace(namespace)
                .withLeaseDuration(LEASE_DURATION)
                .withRenewDeadline(RENEW_DEADLINE)
                .withRetryPeriod(RETRY_PERIOD)
                .withLeaderCallbacks(new LeaderCallbacks(
                        orElse(leading::begin, () -> Quarkus.asyncExit(1)),
                        leading::end,
                        leader -> LOG.infof("%s is leading", leader)));
        settings.podName().ifPresent(election::withIdentity);
        return election.build();
    }

    /**
     * Who holds the lease and could not begin would do nothing and keep the others from it: the elector only logs what is thrown, and renews. Ended by another
     * thread, as this one holds the elector's lock.
     */
    static Runnable orElse(Runnable begin, Runnable end) {
        return () -> {
            try {
                begin.run();
            } catch (RuntimeException failure) {
                LOG.error("Could not begin to lead; ending, so that another replica or a fresh start can", failure);
                end.run();
                throw failure;
            }
        };
    }
}
