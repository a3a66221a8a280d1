package io.heapwarden.operator;

import io.heapwarden.api.Durations;
import io.heapwarden.api.Quantities;
import io.heapwarden.evidence.store.EvidenceStore;
import io.heapwarden.evidence.store.RetentionRules;
import io.heapwarden.evidence.store.S3Settings;
import io.heapwarden.evidence.store.StoreSettings;
import io.heapwarden.evidence.store.VolumeSettings;
import io.heapwarden.operator.evidence.EvidenceDesk;
import io.heapwarden.operator.evidence.EvidenceOrder;
import io.heapwarden.operator.evidence.EvidenceState.Done;
import io.heapwarden.operator.evidence.EvidenceTaking;
import io.heapwarden.telemetry.EventReason;
import io.heapwarden.telemetry.EventRecorder;
import io.heapwarden.telemetry.EventSubject;
import io.heapwarden.telemetry.OperatorMetrics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sets up where this installation keeps evidence, and the desk that has it collected. */
@ApplicationScoped
public class EvidenceSetup {

    /** What came of an order, as metrics count it. */
    private enum Collected {
        Stored,
        NotStored
    }

    private static final String NO_STORE =
            "Evidence is not collected, as this installation keeps none. Set evidence.volume or evidence.s3 of the Helm chart.";

    private @Nullable EvidenceStore store;

    /**
     * Opens the store.
     *
     * @throws IllegalArgumentException with all that is wrong with the settings, so that the operator does not start on half a configuration
     */
    @Produces
    @Singleton
    EvidenceDesk desk(
            OperatorSettings settings,
            ChannelSetup channels,
            EventRecorder events,
            OperatorMetrics metrics,
            Clock clock) {
        OperatorSettings.Evidence evidence = settings.evidence();
        store = storeSettings(evidence).map(StoreSettings::open).orElse(null);
        EvidenceStore opened = store;
        if (opened == null) {
            return new EvidenceDesk(
                    order -> new Done(clock.instant(), null, NO_STORE),
                    NO_STORE,
                    (order, done) -> tell(order, done, events, metrics),
                    clock);
        }
        EvidenceTaking taking = new EvidenceTaking(channels.evidence(), opened, retention(evidence.retention()), clock);
        return new EvidenceDesk(taking::take, null, (order, done) -> tell(order, done, events, metrics), clock);
    }

    @PreDestroy
    void close() {
        if (store != null) {
            store.close();
        }
    }

    private static void tell(EvidenceOrder order, Done done, EventRecorder events, OperatorMetrics metrics) {
        boolean stored = done.stored() != null;
        metrics.evidence(stored ? Collected.Stored : Collected.NotStored);
        events.record(
                EventSubject.pod(
                        order.subject().namespace(),
                        order.subject().pod(),
                        order.subject().uid()),
                stored ? EventReason.EvidenceCollected : EventReason.EvidenceMissing,
                "",
                done.sentence());
    }

    private static Optional<StoreSettings> storeSettings(OperatorSettings.Evidence evidence) {
        Optional<StoreSettings> volume =
                filled(evidence.directory()).map(Path::of).map(VolumeSettings::new);
        return volume.or(() -> filled(evidence.s3().bucket()).map(bucket -> s3(bucket, evidence.s3())));
    }

    private static S3Settings s3(String bucket, OperatorSettings.S3 chosen) {
        S3Settings settings = S3Settings.of(bucket, chosen.region())
                .below(chosen.prefix().orElse(""))
                .withLinks(chosen.links());
        Optional<URI> endpoint = filled(chosen.endpoint()).map(URI::create);
        S3Settings there = endpoint.map(settings::at).orElse(settings);
        return filled(chosen.credentials()).map(Path::of).map(there::with).orElse(there);
    }

    private static RetentionRules retention(OperatorSettings.Retention chosen) {
        Duration maxAge = Durations.parse(chosen.maxAge());
        RetentionRules rules =
                new RetentionRules(maxAge, (long) Quantities.parse(chosen.maxTotalSize()), chosen.maxPerWorkload());
        if (!rules.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", rules.problems()));
        }
        return rules;
    }

    private static Optional<String> filled(Optional<String> setting) {
        return setting.filter(text -> !text.isBlank());
    }
}
