package io.heapwarden.operator;

import io.heapwarden.response.notify.DeliveryMetrics;
import io.heapwarden.response.notify.LossReason;
import io.heapwarden.response.notify.Notifier;
import io.heapwarden.response.notify.NotifySettings;
import io.heapwarden.telemetry.OperatorMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Sets up the receivers that this installation has. */
@ApplicationScoped
public class NotifySetup {

    /** What came of a notice, as metrics count it. */
    private enum Delivery {
        Delivered,
        AttemptFailed
    }

    /**
     * Reads the receivers.
     *
     * @throws IllegalArgumentException with all that is wrong, so that the operator does not start on half a configuration
     */
    @Produces
    @Singleton
    Notifier notifier(OperatorSettings settings, OperatorMetrics metrics, Clock clock) {
        NotifySettings receivers = settings.notifyFile().map(NotifySetup::read).orElse(NotifySettings.NONE);
        return new Notifier(receivers, new Counted(metrics), clock);
    }

    void close(@Disposes Notifier notifier) {
        notifier.close();
    }

    private static NotifySettings read(String file) {
        try {
            return NotifySettings.parse(Files.readString(Path.of(file)));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "The receivers of notices cannot be read from " + file + " (heapwarden.notify-file): " + unreadable,
                    unreadable);
        }
    }

    private record Counted(OperatorMetrics metrics) implements DeliveryMetrics {

        @Override
        public void delivered(String receiver) {
            metrics.notice(receiver, Delivery.Delivered);
        }

        @Override
        public void attemptFailed(String receiver) {
            metrics.notice(receiver, Delivery.AttemptFailed);
        }

        @Override
        public void lost(String receiver, LossReason reason) {
            metrics.notice(receiver, reason);
        }
    }
}
