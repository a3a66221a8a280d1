package io.heapwarden.response.notify;

import io.heapwarden.response.notify.SendResult.Retry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Posts signed JSON to a URL. */
final class WebhookReceiver implements Transmitter {

    static final String DELIVERY = "X-Heapwarden-Delivery";

    private final String name;
    private final Address address;
    private final Credentials credentials;
    private final @Nullable SecretFile keys;
    private final Map<String, String> labels;
    private final HttpPost http;
    private final Clock clock;

    /**
     * @param keys what the body is signed with; null to sign nothing
     * @param labels said with every notice
     */
    WebhookReceiver(
            String name,
            Address address,
            Credentials credentials,
            @Nullable SecretFile keys,
            Map<String, String> labels,
            HttpPost http,
            Clock clock) {
        this.name = name;
        this.address = address;
        this.credentials = credentials;
        this.keys = keys;
        this.labels = labels;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public SendResult send(Letter letter) {
        byte[] body = WebhookBody.json(letter, name, labels);
        Map<String, String> headers = new HashMap<>();
        headers.put(DELIVERY, letter.id());
        try {
            if (keys != null) {
                headers.put(WebhookSignature.HEADER, WebhookSignature.of(keys, clock.instant(), body));
            }
            return http.post(address.endpoint(), credentials, headers, body);
        } catch (SecretFile.UnreadableException e) {
            return new Retry(String.valueOf(e.getMessage()), null, true);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
