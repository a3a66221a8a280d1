package io.heapwarden.response.notify;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes receivers of settings that were found right. */
final class ReceiverFactory {

    private static final int SLACK_PER_MINUTE = 20;
    private static final int WEBHOOK_PER_MINUTE = 300;
    private static final int INTERVAL_SECONDS = 60;
    private static final int TIMEOUT_SECONDS = 10;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    private final DeliveryMetrics metrics;
    private final Clock clock;
    private final Waiter waiter;
    private final RandomGenerator random = new SecureRandom();

    ReceiverFactory(DeliveryMetrics metrics, Clock clock, Waiter waiter) {
        this.metrics = metrics;
        this.clock = clock;
        this.waiter = waiter;
    }

    /** Makes one, and starts its threads. */
    Receiver start(ReceiverSettings settings) {
        String name = Objects.requireNonNull(settings.name());
        ReceiverType type = Objects.requireNonNull(settings.type());
        DeliveryLog log = new DeliveryLog(name, type, metrics, clock);
        Map<String, String> labels = settings.labelsOrNone();
        HttpPost http = new HttpPost(
                settings.caFile() == null ? null : Path.of(settings.caFile()),
                Duration.ofSeconds(orElse(settings.timeoutSeconds(), TIMEOUT_SECONDS)),
                clock);
        return switch (type) {
            case Alertmanager -> alertmanager(settings, labels, http, log);
            case Webhook -> {
                SecretFile keys = settings.secretFile() == null ? null : file(settings.secretFile());
                yield outbox(
                        name,
                        new WebhookReceiver(name, address(settings), credentials(settings), keys, labels, http, clock),
                        orElse(settings.perMinute(), WEBHOOK_PER_MINUTE),
                        log);
            }
            case Slack ->
                outbox(
                        name,
                        new SlackReceiver(address(settings), labels, http),
                        orElse(settings.perMinute(), SLACK_PER_MINUTE),
                        log);
        };
    }

    private Receiver outbox(String name, Transmitter transmitter, int perMinute, DeliveryLog log) {
        LetterQueue queue = new LetterQueue(OutboxLimits.withRate(perMinute), backOff(LONGEST_RETRY), log);
        return new Outbox(name, transmitter, queue, log, clock, waiter);
    }

    private Receiver alertmanager(
            ReceiverSettings settings, Map<String, String> labels, HttpPost http, DeliveryLog log) {
        Duration interval = Duration.ofSeconds(orElse(settings.intervalSeconds(), INTERVAL_SECONDS));
        Credentials credentials = credentials(settings);
        return new AlertmanagerReceiver(
                new ActiveAlerts(interval, labels),
                alerts -> settings.allUrls().stream()
                        .map(url -> new AlertmanagerPeer(
                                Endpoint.parse(url),
                                credentials,
                                http,
                                alerts,
                                log,
                                interval,
                                // Not longer, or it would forget what stands while we wait.
                                backOff(interval),
                                clock,
                                waiter))
                        .toList(),
                http,
                log,
                clock);
    }

    private BackOff backOff(Duration longest) {
        return new BackOff(FIRST_RETRY, longest, random);
    }

    private static Address address(ReceiverSettings settings) {
        return settings.urlFile() != null
                ? new Address.InFile(file(settings.urlFile()))
                : new Address.Given(Endpoint.parse(settings.allUrls().getFirst()));
    }

    private static Credentials credentials(ReceiverSettings settings) {
        if (settings.tokenFile() != null) {
            return new Credentials.Bearer(file(settings.tokenFile()));
        }
        if (settings.username() != null && settings.passwordFile() != null) {
            return new Credentials.Basic(settings.username(), file(settings.passwordFile()));
        }
        return new Credentials.None();
    }

    private static SecretFile file(String path) {
        return new SecretFile(Path.of(path));
    }

    private static int orElse(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
